import { describe, expect, it } from 'vitest'
import type { Member } from '../../../electron/agent/components.ts'
import { nodePeers } from '../../../electron/agent/peers.ts'

const member = (over: Partial<Member>): Member => ({
  meshId: 'M', nodeId: 'N', role: 'member', admittedBy: { id: 'M', name: 'Home' }, introducedBy: { id: 'M', name: 'Home' }, hub: false, via: [], removed: null, name: 'attic', addresses: [], capabilities: [], services: [], version: '1', os: 'Linux',
  state: 'online', lastSeen: 61_000, resources: null, refused: [], ...over,
}) // prettier-ignore
const transport = (over = {}) => ({ addresses: () => [], path: () => ({ url: 'https://a:3000', latencyMs: 1.26 }), ...over })

describe('peers', () => {
  it('shows a node of two meshes once, at its best state', () => {
    const peers = nodePeers([member({ meshId: 'M1', state: 'offline' }), member({ meshId: 'M2' })], transport(), () => null)
    expect(peers).toMatchObject([{ id: 'N', meshes: ['M1', 'M2'], state: 'online', path: { url: 'https://a:3000' } }])
  })

  it('says why an offline peer cannot be reached: the latest error of its addresses', () => {
    const error = (at: number) => ({ code: 'unreachable' as const, message: `at ${at}`, at })
    const address = (at: number) => ({ url: 'u', foundVia: 'record' as const, lastOk: null, lastError: error(at) })
    const peers = nodePeers(
      [member({ state: 'offline' })],
      transport({ addresses: () => [address(1), address(3), address(2)] }),
      () => null,
    )
    expect(peers).toMatchObject([{ path: null, problem: { code: 'unreachable', message: 'at 3' } }])
    expect(peers[0]?.problem).not.toHaveProperty('at')
  })

  it('changes nothing for small changes of latency or contact', () => {
    const view = (latencyMs: number, lastSeen: number) =>
      nodePeers([member({ lastSeen })], transport({ path: () => ({ url: 'u', latencyMs }) }), () => null)
    expect(view(0.11, 60_001)).toEqual(view(0.12, 119_999))
    expect(view(7.6, 60_001)).toEqual(view(8.4, 60_001))
  })
})
