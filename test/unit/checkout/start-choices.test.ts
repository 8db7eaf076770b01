import { expect, test } from 'vitest'
import { firstReason, installedElectron, reasonWithoutDesktop } from '../../../electron/checkout/electron-binary.mjs'
import { endedAtOnce, hintForNode, wantsHeadless } from '../../../electron/checkout/start-choices.mjs'

test('asks for no window when told so, or when only text is wanted', () => {
  expect([['--headless'], ['--name', 'x', '--headless'], ['--help'], ['--version']].map(wantsHeadless)).toEqual([true, true, true, true])
  expect(wantsHeadless(['--name', 'x'])).toBe(false)
})

test('says what to do when Node is too old', () => {
  expect(hintForNode('20.20.2', '/usr/bin/node')).toMatch(
    /needs Node 24 or newer; this is Node 20\.20\.2 \(\/usr\/bin\/node\)\.\n.*`npm start`/,
  )
  expect(hintForNode('24.0.0', '')).toBeNull()
  expect(hintForNode('100.1.0', '')).toBeNull()
})

test('knows why no window can be shown', () => {
  const linux = { platform: 'linux', uid: 1000 } as const
  expect(reasonWithoutDesktop({ ...linux, env: {} })).toBe('there is no display')
  expect(reasonWithoutDesktop({ ...linux, env: { WAYLAND_DISPLAY: 'wayland-0' } })).toBeNull()
  expect(reasonWithoutDesktop({ ...linux, uid: 0, env: { DISPLAY: ':0' } })).toBe('Electron does not run as root')
  expect(reasonWithoutDesktop({ platform: 'win32', uid: undefined, env: {} })).toBeNull()
})

test('an Electron that was never downloaded is not there', () => {
  expect(installedElectron('/nowhere', {})).toBeNull()
})

test('tells an Electron that cannot come up from one that has ended', () => {
  expect(endedAtOnce({ code: null, signal: 'SIGTRAP', ranFor: 300 })).toBe('Electron ended with SIGTRAP')
  expect(endedAtOnce({ code: 127, signal: null, ranFor: 20 })).toMatch(/lacks libraries/)
  expect(endedAtOnce({ code: 0, signal: null, ranFor: 300 })).toBeNull()
  expect(endedAtOnce({ code: 69, signal: null, ranFor: 300 })).toBeNull()
  expect(endedAtOnce({ code: null, signal: 'SIGSEGV', ranFor: 60_000 })).toBeNull()
})

test('finds the sentence in a stack trace', () => {
  expect(firstReason('\nRequestError: getaddrinfo EAI_AGAIN github.com\n    at x (y.js:1)')).toBe('getaddrinfo EAI_AGAIN github.com')
  expect(firstReason('TypeError: fetch failed\n    at x (y.js:1) {\n  [cause]: Error: getaddrinfo ENOTFOUND github.com {\n')).toBe(
    'getaddrinfo ENOTFOUND github.com',
  )
  expect(firstReason('')).toBe('no reason was given')
})
