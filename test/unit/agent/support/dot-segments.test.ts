import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasDotSegments } from '../../../../electron/agent/support/dot-segments.ts'

describe('dot segments', () => {
  it.each(['/..', '/a/../b', '/.', '/a/.', '/%2e%2E/', '/..%2fb', '/a%5C..%5c', '\\..\\a', '/.%2e'])('are seen in %s', (path) => {
    expect(hasDotSegments(path)).toBe(true)
  })

  it.each(['/', '/a.b', '/...', '/a..b/', '/..a', '/%252e%252e/'])('are not seen in %s', (path) => {
    expect(hasDotSegments(path)).toBe(false)
  })

  it('are there whenever a server that decodes once would climb', () => {
    const piece = fc.constantFrom('.', '..', '%2e', '%2E', '/', '%2f', '%5c', '\\', 'a')
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const path = `/${pieces.join('')}`
        const climbs = decodeURIComponent(path)
          .split(/[/\\]/u)
          .some((segment) => segment === '..' || segment === '.')
        expect(hasDotSegments(path)).toBe(climbs)
      }),
    )
  })
})
