import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseAddress, parsePeerAddress, peerPath, splitTarget } from '../../../../electron/agent/routing/target.ts'
import { FcnError } from '../../../../electron/agent/errors.ts'

const parseTarget = (raw: string) => {
  const { address, rest } = splitTarget(raw)
  return { ...parseAddress(address), rest }
}
const parsePeerTarget = (raw: string) => {
  const { address, rest } = splitTarget(raw)
  return { ...parsePeerAddress(address), rest }
}

const codeOf = (task: () => unknown): string => {
  try {
    task()
    return 'none'
  } catch (error) {
    if (error instanceof FcnError) return error.code
    throw error
  }
}

const name = fc
  .string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
  .filter((text) => text.isWellFormed() && text !== '.' && text !== '..')
/** Raw paths a client may send: anything printable but dot segments in any disguise. */
const rest = fc
  .array(fc.constantFrom('a', '%41', '%2F', '//', ';', ':', '@', '%C3%BC', '+', '~', 'x.y', '%25', "'", '/'), { maxLength: 12 })
  .map((parts) => `/${parts.join('')}`)
const query = fc.constantFrom('', '?', '?a=b&c=%2F..%2F..', '?/services/x/y/z', '?a?b')

describe('an address of a service', () => {
  it('is mesh, peer, service and the rest', () => {
    expect(parseTarget('/services/Home%20mesh/mini/photos/albums/1?size=2')).toEqual({
      mesh: 'Home mesh',
      peer: 'mini',
      wanted: { kind: 'service', service: 'photos' },
      rest: '/albums/1?size=2',
    })
  })

  it('has null for any mesh and any peer', () => {
    expect(parseTarget('/services/any/any/x')).toMatchObject({ mesh: null, peer: null, rest: '/' })
  })

  it('passes the rest through byte for byte, and names decoded exactly once', () => {
    fc.assert(
      fc.property(name, name, name, rest, query, (mesh, peer, service, path, search) => {
        const raw = `/services/${[mesh, peer, service].map(encodeURIComponent).join('/')}${path}${search}`
        expect(parseTarget(raw)).toEqual({
          mesh: mesh === 'any' ? null : mesh,
          peer: peer === 'any' ? null : peer,
          wanted: { kind: 'service', service },
          rest: path + search,
        })
      }),
    )
  })

  it('cannot be led to another service by encoded slashes, dots, queries or backslashes', () => {
    const trick = fc.constantFrom('..', '%2e%2e', '%2E.', '%2f', '%5c', '\\', '/', 'other', '%252e%252e', '?', ';', '.', '%00')
    fc.assert(
      fc.property(fc.array(trick, { maxLength: 8 }), (tricks) => {
        const raw = `/services/any/any/mine/${tricks.join('')}`
        const service = () => {
          const { wanted } = parseTarget(raw)
          return wanted.kind === 'service' ? wanted.service : wanted.kind
        }
        const outcome = codeOf(service) === 'none' ? service() : codeOf(service)
        expect(['mine', 'invalid_input']).toContain(outcome)
      }),
    )
  })

  it.each(['/services/any/any/x/../y', '/services/any/any/x/%2e%2e/y', '/services/any/any/x/a%2f..%2fb', '/services/any/any/x/.%2E\\y'])(
    'with dot segments in the rest is refused: %s',
    (raw) => expect(codeOf(() => parseTarget(raw))).toBe('invalid_input'),
  )

  it('may have dots in its query', () => expect(parseTarget('/services/any/any/x/a?p=../..').rest).toBe('/a?p=../..'))

  it.each([
    '/services/',
    '/services/any',
    '/services/any/any',
    '/services/any/any/',
    '/services//any/x',
    '/services/../any/x',
    '/services/%zz/any/x',
  ])('that names too little or is not well encoded is refused: %s', (raw) => expect(codeOf(() => parseTarget(raw))).toBe('invalid_input'))

  it('with characters that no URL has is refused', () => {
    for (const raw of ['/services/any/any/x/ü', '/services/any/any/x/#f', '/services/any/any/x/a b', '/services/any/any/x/\u0000']) {
      expect(codeOf(() => parseTarget(raw))).toBe('invalid_input')
    }
  })

  it('never fails but with an error of the table, whatever arrives', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webPath(),
          fc.string().map((text) => `/services/${text}`),
        ),
        (raw) => {
          expect(['none', 'invalid_input', 'not_found']).toContain(codeOf(() => parseTarget(raw)))
          expect(['none', 'invalid_input', 'not_found']).toContain(codeOf(() => parsePeerTarget(raw)))
        },
      ),
    )
  }, 30_000) // paths of the web take long to make up
})

describe('an address of a capability', () => {
  it('is mesh, capability and the rest', () => {
    expect(parseTarget('/capabilities/any/ai/v1/models?x')).toEqual({
      mesh: null,
      peer: null,
      wanted: { kind: 'capability', capability: 'ai' },
      rest: '/v1/models?x',
    })
  })

  it('knows only the five', () => expect(codeOf(() => parseTarget('/capabilities/any/__proto__/x'))).toBe('not_found'))
})

describe('the address at a peer', () => {
  it('leads back to what it was made from', () => {
    fc.assert(
      fc.property(name, name, rest, query, (mesh, service, path, search) => {
        const wanted = { kind: 'service', service } as const
        expect(parsePeerTarget(peerPath(mesh, wanted, path + search))).toEqual({ mesh, wanted, rest: path + search })
      }),
    )
    expect(parsePeerTarget(peerPath('M', { kind: 'capability', capability: 'storage' }, '/b'))).toEqual({
      mesh: 'M',
      wanted: { kind: 'capability', capability: 'storage' },
      rest: '/b',
    })
  })
})
