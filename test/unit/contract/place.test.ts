import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addressOf,
  longestLink,
  openedIn,
  placeOfCapability,
  placeOfPeer,
  placeOfRequest,
  type Place,
} from '../../../electron/contract/place.ts'

const queryOf = (place: Place) => addressOf(place).split('?').slice(1).join('?')

test.each<[Place, string]>([
  [{ path: '/' }, '/'],
  [{ path: '/', opened: { open: 'join' } }, '/?open=join'],
  [placeOfRequest('R 1&2'), '/?open=approve&request=R+1%262'],
  [placeOfPeer('http://old:3000/'), '/peers/http%3A%2F%2Fold%3A3000%2F'],
  [placeOfCapability('ai'), '/capabilities/ai'],
])('%j is at %s', (place, address) => {
  expect(addressOf(place)).toBe(address)
})

test('what is to be opened is read as it was written, whatever is in it', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 100 }), (invite) => {
      expect(openedIn(queryOf({ path: '/', opened: { open: 'join', invite } }))).toEqual({ open: 'join', invite })
    }),
  )
})

test.each([
  '',
  'find=port',
  'open=settings',
  'open=approve',
  'open=approve&request=',
  `open=approve&request=${'x'.repeat(129)}`,
  `open=join&invite=${'x'.repeat(longestLink + 1)}`,
])('nothing is opened for "%s"', (query) => {
  expect(openedIn(query)).toBeNull()
})
