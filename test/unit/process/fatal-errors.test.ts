import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { FcnError } from '../../../electron/agent/errors.ts'
import { fatalText, onFatalErrors } from '../../../electron/process/fatal-errors.ts'
import { createKeptLog } from '../../fakes/kept-log.ts'

test('an error that nobody caught is written down, and ends the program once', () => {
  const source = new EventEmitter()
  const log = createKeptLog()
  const given: unknown[] = []
  onFatalErrors(source, { log, giveUp: (error) => given.push(error) })
  const [first, second] = [new Error('first'), new Error('while it ends')]
  source.emit('uncaughtException', first)
  source.emit('unhandledRejection', second)
  expect(given).toEqual([first])
  expect(log.lines.map(({ facts }) => facts)).toEqual([{ err: first }, { err: second }])
})

test('people read what happened and where the log is, never a stack', () => {
  const text = fatalText(new TypeError('x is not a function'), '/data/log/node.log')
  expect(text).toContain('/data/log/node.log')
  expect(text).not.toContain('x is not a function')
  expect(fatalText(new FcnError('internal', 'The disk is full.'), '/l')).not.toContain('undefined')
})
