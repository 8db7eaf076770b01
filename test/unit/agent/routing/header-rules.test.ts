import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  forwardedRequestHeaders,
  forwardedResponseHeaders,
  isLoop,
  listWith,
  viaName,
} from '../../../../electron/agent/routing/header-rules.ts'
import { nodeA, nodeB } from '../../../fakes/router-node.ts'

const ours = (value: string) => value === 'ours'
const rules = { isNodeSecret: ours, fromPeer: false, hasBody: true }
/** Headers by name; repeated ones in a list. */
const byName = (list: string[]) => {
  const headers: Record<string, string | string[]> = {}
  for (let index = 0; index < list.length; index += 2) {
    const [name, value] = [list[index] as string, list[index + 1] as string]
    headers[name] = name in headers ? [headers[name] as string | string[], value].flat() : value
  }
  return headers
}
const forwarded = (...raw: string[]) => byName(forwardedRequestHeaders(raw, rules).headers)
const token = fc.stringMatching(/^[a-z][a-z0-9-]{0,15}$/u)

describe('headers of a request', () => {
  it('keep repeated lines, in order', () => expect(forwarded('X-A', '1', 'x-a', '2')).toEqual({ 'x-a': ['1', '2'] }))

  it('are only those that may pass, where that is said, but never lose where they have been', () => {
    const raw = ['Accept', 'a', 'User-Agent', 'me', 'Authorization', 'Bearer x', 'Via', '1.1 other', 'Host', 'h']
    const { headers, via } = forwardedRequestHeaders(raw, { ...rules, only: new Set(['accept']) })
    expect(byName(headers)).toEqual({ accept: 'a' })
    expect(via).toBe('1.1 other')
  })

  it('lose whatever Connection names, in any case and number of lines', () => {
    fc.assert(
      fc.property(fc.uniqueArray(token, { minLength: 1 }), (names) => {
        const raw = names.flatMap((name) => [name, 'x', 'Connection', ` ${name.toUpperCase()} ,close`])
        expect(forwarded(...raw)).toEqual({})
      }),
    )
  })

  it('lose hop-by-hop headers though Connection does not name them', () => {
    for (const name of [
      'Keep-Alive',
      'TE',
      'Trailer',
      'Transfer-Encoding',
      'Upgrade',
      'Proxy-Authorization',
      'Proxy-Connection',
      'Host',
      'Expect',
    ])
      expect(forwarded(name, 'x')).toEqual({})
  })

  it('lose the node’s credentials only', () => {
    expect(forwarded('X-API-Key', 'ours', 'Authorization', 'Bearer ours')).toEqual({})
    expect(forwarded('X-API-Key', 'other', 'Authorization', 'bearer other')).toEqual({
      'x-api-key': 'other',
      authorization: 'bearer other',
    })
    expect(forwarded('Cookie', 'fcn_AAAAAAA=1; a=b;FCN_x=2', 'Cookie', 'c=d')).toEqual({ cookie: 'a=b; c=d' })
    expect(forwarded('Cookie', 'fcn_AAAAAAA=1')).toEqual({})
  })

  it('have no special names', () => {
    const { headers } = forwardedRequestHeaders(['__proto__', 'x', 'constructor', 'y'], rules)
    expect(headers).toEqual(['__proto__', 'x', 'constructor', 'y'])
  })

  it('keep the length of a body whatever Connection says, and lose it without one', () => {
    const raw = ['Content-Length', '5', 'Connection', 'content-length']
    expect(forwardedRequestHeaders(raw, rules).headers).toEqual(['content-length', '5'])
    expect(forwardedRequestHeaders(raw, { ...rules, hasBody: false }).headers).toEqual([])
  })

  it('keep Via beside them, so that nobody can name it away', () => {
    expect(forwardedRequestHeaders(['Via', '1.1 a', 'via', '1.1 b', 'Connection', 'via'], rules)).toEqual({
      headers: [],
      via: '1.1 a, 1.1 b',
    })
  })

  it('say where a request comes from only when a program says so', () => {
    const raw = ['X-Forwarded-For', '1.2.3.4', 'Forwarded', 'for=1.2.3.4', 'X-Real-IP', '1.2.3.4']
    expect(forwardedRequestHeaders(raw, rules).headers).toHaveLength(6)
    expect(forwardedRequestHeaders(raw, { ...rules, fromPeer: true }).headers).toEqual([])
  })
})

describe('headers of an answer', () => {
  it('lose hop-by-hop headers, claims about nodes, and cookies for the node’s page', () => {
    const upstream = { connection: 'x-b', 'x-b': '1', 'x-fcn-node': 'n', 'set-cookie': ['fcn_x=1', 'a=b; Path=/'], etag: '"1"' }
    expect(byName(forwardedResponseHeaders(upstream, 200))).toEqual({ 'set-cookie': 'a=b; Path=/', etag: '"1"' })
  })

  it('can be added to', () => {
    expect(listWith('1.1 x', '1.1 y')).toBe('1.1 x, 1.1 y')
    expect(listWith(null, '1.1 y')).toBe('1.1 y')
  })

  it('have no length where there is no body', () => {
    expect(forwardedResponseHeaders({ 'content-length': '5', etag: '"1"' }, 204)).toEqual(['etag', '"1"'])
  })
})

describe('a loop', () => {
  it('is a request that this node has signed before', () => {
    expect(isLoop(`1.1 nginx, 1.1 ${viaName(nodeA)}`, nodeA)).toBe(true)
    expect(isLoop(`1.0 ${viaName(nodeA)} (x), 1.1 b`, nodeA)).toBe(true)
    expect(isLoop(`1.1 ${viaName(nodeB)}`, nodeA)).toBe(false)
    expect(isLoop(null, nodeA)).toBe(false)
  })

  it('is a request that has passed too many nodes', () => {
    const hops = (count: number) => Array.from({ length: count }, (_, index) => `1.1 fcn-${index}`).join(', ')
    expect(isLoop(hops(7), nodeA)).toBe(false)
    expect(isLoop(hops(8), nodeA)).toBe(true)
  })
})
