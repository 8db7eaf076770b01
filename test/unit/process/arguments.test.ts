import fc from 'fast-check'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { FcnError } from '../../../electron/agent/errors.ts'
import { parseArguments } from '../../../electron/process/arguments.ts'

const nothing = { hidden: false, help: false, version: false }

test('what is not given is not chosen', () => {
  expect(parseArguments([])).toEqual(nothing)
})

test('reads every choice, in both spellings', () => {
  expect(parseArguments(['--name', ' attic nas ', '--port=3100', '--host', '::1', '--data', 'd', '--headless'])).toEqual({
    ...nothing,
    name: 'attic nas',
    port: 3100,
    host: '::1',
    dataDir: resolve('d'),
  })
  expect(parseArguments(['-h'])).toEqual({ ...nothing, help: true })
})

describe('explains what is wrong', () => {
  test.each([
    [['--nam', 'x'], "Unknown option '--nam'."],
    [['extra'], "Unexpected argument 'extra'."],
    [['--port'], "Option '--port <value>' argument missing."],
    [['--port', '0'], '--port takes a number from 1 to 65535, not "0".'],
    [['--port', '65536'], '--port takes a number from 1 to 65535, not "65536".'],
    [['--port', '3e3'], '--port takes a number from 1 to 65535, not "3e3".'],
    [['--host', 'nas.local'], '--host takes an IP address of this computer, such as 127.0.0.1, not "nas.local".'],
    [['--name', ''], '--name does not fit: a name has at least one character.'],
    [['--data', ' '], '--data takes a folder.'],
  ])('%j', (argv, message) => {
    expect(() => parseArguments(argv)).toThrow(expect.objectContaining({ code: 'usage', exitCode: 64, message }) as Error)
  })
})

test('leaves Electron’s own switches to Electron', () => {
  const argv = ['/app', '--ozone-platform=x11', '--port', '3100', '--remote-debugging-port=0', '--no-sandbox']
  expect(parseArguments(argv, 'ignore')).toEqual({ ...nothing, port: 3100 })
  expect(() => parseArguments(['--port'], 'ignore')).toThrow('--port takes a number')
})

test('any arguments are read or refused with a sentence', () => {
  const word = fc.oneof(fc.string(), fc.constantFrom('--name', '--port', '--host', '--data', '--', '-h', '--port=1', '__proto__'))
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), fc.constantFrom('refuse' as const, 'ignore' as const), (argv, strangers) => {
      try {
        const { port } = parseArguments(argv, strangers)
        expect(port === undefined || (port >= 1 && port <= 65_535)).toBe(true)
      } catch (error) {
        expect(error).toBeInstanceOf(FcnError)
        expect((error as FcnError).code).toBe('usage')
      }
    }),
  )
})
