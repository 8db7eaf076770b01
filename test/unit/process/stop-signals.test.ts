import { EventEmitter } from 'node:events'
import { beforeEach, expect, test } from 'vitest'
import { onStopSignals } from '../../../electron/process/stop-signals.ts'
import { createFakeClock, type FakeClock } from '../../fakes/fake-clock.ts'

let source: EventEmitter
let clock: FakeClock
let done: string[]

beforeEach(() => {
  source = new EventEmitter()
  clock = createFakeClock()
  done = []
  onStopSignals(source, clock, { stop: () => done.push('stop'), exit: () => done.push('exit') })
})

test('the first signal stops, whichever it is', () => {
  source.emit('SIGTERM')
  expect(done).toEqual(['stop'])
})

test('one Ctrl+C that arrives from the terminal and again from npm only stops', async () => {
  source.emit('SIGINT')
  await clock.advance(20)
  source.emit('SIGINT')
  expect(done).toEqual(['stop'])
})

test('a second Ctrl+C ends at once', async () => {
  source.emit('SIGINT')
  await clock.advance(1_000)
  source.emit('SIGINT')
  expect(done).toEqual(['stop', 'exit'])
})
