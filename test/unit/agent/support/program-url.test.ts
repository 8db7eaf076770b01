import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FcnError } from '../../../../electron/agent/errors.ts'
import { parseProgramUrl } from '../../../../electron/agent/support/program-url.ts'

describe('the address of a program', () => {
  it.each(['http://127.0.0.1:8080', 'https://nas.local/app', 'http://[::1]:3000/'])('may be %s', (text) => {
    expect(parseProgramUrl(text).href.startsWith(text)).toBe(true)
  })

  it.each(['', 'nas', 'nas:80', 'ftp://nas', 'file:///etc/passwd', 'javascript:1', 'http://u:p@nas', 'http://nas/?k=1', 'http://nas/#x'])(
    'may not be “%s”',
    (text) => expect(() => parseProgramUrl(text)).toThrow(expect.objectContaining({ code: 'invalid_input' })),
  )

  it('never fails but with an error that helps and keeps passwords to itself', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl({ withQueryParameters: true, withFragments: true })), (text) => {
        const protocol = () => {
          try {
            return parseProgramUrl(text).protocol
          } catch (error) {
            return error instanceof FcnError ? 'refused' : error
          }
        }
        expect(['http:', 'https:', 'refused']).toContain(protocol())
      }),
    )
    expect(() => parseProgramUrl('http://u:hunter2@nas')).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('hunter2') }),
    )
  })
})
