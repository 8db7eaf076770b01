import { expect, test } from 'vitest'
import { isTrustedSender } from '../../../electron/ipc/trusted-sender.ts'

const origin = 'app://fcn'

test.each(['app://fcn/', 'app://fcn/peers?x=1#y', 'app://fcn'])('trusts our own page: %s', (url) => {
  expect(isTrustedSender({ url, parent: null }, origin)).toBe(true)
})

test.each([
  'app://fcn.evil/',
  'app://evil/',
  'app://fcn:80/',
  'app://fcn@evil/',
  'app://user@fcn/',
  'app:fcn/',
  'application://fcn/',
  'https://fcn/',
  'file:///app://fcn/',
  'about:blank',
  'data:text/html,app://fcn/',
  '',
])('trusts no other address: %s', (url) => {
  expect(isTrustedSender({ url, parent: null }, origin)).toBe(false)
})

test('trusts no frame inside a page, and none that is gone', () => {
  expect(isTrustedSender({ url: 'app://fcn/', parent: { url: 'app://fcn/' } }, origin)).toBe(false)
  expect(isTrustedSender(null, origin)).toBe(false)
})
