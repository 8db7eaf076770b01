import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  append,
  forwardedRequestHeaders,
  forwardedResponseHeaders,
  isLoop,
  viaName,
} from '../../../../electron/agent/routing/header-rules.ts'
import { nodeA, nodeB } from '../../../fakes/router-node.ts'

const ours = (value: string) => value === 'ours'
const forwarded = (...raw: string[]) => ({ ...forwardedRequestHeaders(raw, ours) })
const token = fc.stringMatching(/^[a-z][a-z0-9-]{0,15}$/u)

describe('headers of a request', () => {
  it('keep repeated lines, in order', () => expect(forwarded('X-A', '1', 'x-a', '2')).toEqual({ 'x-a': ['1', '2'] }))

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
    const headers = forwardedRequestHeaders(['__proto__', 'x', 'constructor', 'y'], ours)
    expect(Object.keys(headers)).toEqual(['__proto__', 'constructor'])
  })
})

describe('headers of an answer', () => {
  it('lose hop-by-hop headers, claims about nodes, and cookies for the node’s page', () => {
    const upstream = { connection: 'x-b', 'x-b': '1', 'x-fcn-node': 'n', 'set-cookie': ['fcn_x=1', 'a=b; Path=/'], etag: '"1"' }
    expect({ ...forwardedResponseHeaders(upstream) }).toEqual({ 'set-cookie': 'a=b; Path=/', etag: '"1"' })
  })

  it('can be added to', () => {
    const headers = forwardedResponseHeaders({ via: '1.1 x' })
    append(headers, 'via', '1.1 y')
    expect(headers['via']).toBe('1.1 x, 1.1 y')
  })
})

describe('a loop', () => {
  it('is a request that this node has signed before', () => {
    expect(isLoop(`1.1 nginx, 1.1 ${viaName(nodeA)}`, nodeA)).toBe(true)
    expect(isLoop([`1.0 ${viaName(nodeA)} (x)`, '1.1 b'], nodeA)).toBe(true)
    expect(isLoop(`1.1 ${viaName(nodeB)}`, nodeA)).toBe(false)
    expect(isLoop(undefined, nodeA)).toBe(false)
  })

  it('is a request that has passed too many nodes', () => {
    const hops = (count: number) => Array.from({ length: count }, (_, index) => `1.1 fcn-${index}`).join(', ')
    expect(isLoop(hops(7), nodeA)).toBe(false)
    expect(isLoop(hops(8), nodeA)).toBe(true)
  })
})
