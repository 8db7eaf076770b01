import { expect, it } from 'vitest'
import { isServiceLink } from '../../../electron/shell/service-link.ts'

it('only the address of a service on this computer goes to the browser', () => {
  expect(isServiceLink('http://127.0.0.1:3000/services/Maple%20Street/attic/films/')).toBe(true)
  for (const url of [
    'http://127.0.0.1:3000/local/v1/key.show',
    'http://127.0.0.1:3000/services/',
    'http://127.0.0.1:3000/services/../open/code',
    'http://127.0.0.1/services/any/attic/films/',
    'https://127.0.0.1:3000/services/any/attic/films/',
    'http://attic:3000/services/any/attic/films/',
    'http://me:pw@127.0.0.1:3000/services/any/attic/films/',
    'file:///services/any/attic/films/',
    'not an address',
  ])
    expect([url, isServiceLink(url)]).toEqual([url, false])
})
