import { describe, expect, it } from 'vitest'
import type { PeerView } from '../../../../electron/contract/snapshot.ts'
import { relayedVia, relayUrl } from '../../../fixtures/hubs.ts'
import { idFor } from '../../../fixtures/household-peers.ts'
import { meshView, peerView } from '../../../fixtures/views.ts'
import { openBench } from '../run-fcn.ts'

const home = meshView()
const vps = { id: idFor('vps'), name: 'vps' }
const relayed = (more: Partial<PeerView> = {}) =>
  peerView({
    ...{ path: relayedVia('vps'), via: [vps], roles: { [home.id]: 'member' as const } },
    admittedBy: { [home.id]: { id: 'desk', name: 'desk' } },
    introducedBy: { [home.id]: vps },
    addresses: [
      {
        ...{ url: 'https://192.168.1.20:3000', foundVia: 'record' as const, lastOk: null },
        lastError: { code: 'timeout', message: 'No answer within 5 s.', at: 5 },
      },
      { url: relayUrl('vps'), foundVia: 'record', lastOk: Date.now(), lastError: null },
    ],
    ...more,
  })
const openPeerBench = (peers: PeerView[]) => openBench({ 'peer.list': () => peers, 'mesh.list': () => [home], 'hub.list': () => [] })

describe('fcn peers, with hubs', () => {
  it('says through whom a peer is reached and why not directly, who introduced it, and who relays', async () => {
    await using bench = await openPeerBench([relayed(), peerView({ ...vps, hubOf: [home.id], roles: { [home.id]: 'admin' } })])
    const [, first, second] = (await bench.fcn('peers')).stdout.split('\n').map((line) => line.split(/ {2,}/u))
    expect(first?.slice(0, 5)).toEqual([
      ...['nas', 'online', 'relayed via vps (48 ms), not direct: No answer within 5 s.', 'member'],
      'desk (introduced by vps)',
    ])
    expect(second?.slice(2, 4)).toEqual(['direct 192.168.1.20:3000 (2 ms)', 'admin, hub'])
  })
})

describe('fcn peer show', () => {
  it('says everything about how one peer is reached', async () => {
    await using bench = await openPeerBench([relayed()])
    const { stdout } = await bench.fcn('peer', 'show', 'nas')
    expect(stdout).toMatch(/^Path +relayed via vps \(48 ms\)$/mu)
    expect(stdout).toMatch(/^Not direct +No answer within 5 s\. Its router probably lets no connections in\.$/mu)
    expect(stdout).toMatch(/^Addresses +192\.168\.1\.20:3000: No answer within 5 s\.$/mu)
    expect(stdout).toMatch(/^ +through vps: worked just now$/mu)
    expect(stdout).toMatch(/^Attached to +vps$/mu)
    expect(stdout).toMatch(/^Member of +Home \(member\), added by desk, introduced by vps$/mu)
    expect((await bench.fcn('peer', relayed().id, '--json')).json()).toMatchObject({ name: 'nas', path: relayedVia('vps') })
  })

  it('names no reason before a direct address was tried, and no hubs where there are none', async () => {
    const path = { ...relayedVia('vps'), whyNotDirect: null } as PeerView['path']
    await using bench = await openPeerBench([relayed({ path })])
    expect((await bench.fcn('peer', 'show', 'nas')).stdout).toMatch(/^Not direct +not tried yet$/mu)
    await using plain = await openPeerBench([peerView()])
    expect((await plain.fcn('peer', 'show', 'nas')).stdout).not.toMatch(/Not direct|Attached|Hub of/u)
  })

  it('knows when nobody or more than one has that name', async () => {
    await using bench = await openPeerBench([peerView(), peerView({ id: 'OTHER' })])
    expect(await bench.fcn('peer', 'show', 'nas')).toMatchObject({ code: 65, stderr: expect.stringContaining('OTHER') as string })
    expect((await bench.fcn('peer', 'show', 'nobody')).code).toBe(66)
  })
})

describe('fcn mesh', () => {
  it('names the hubs of each mesh, this node first', async () => {
    const on = { ...{ id: home.id, on: true, whyNot: null, spokes: 0, pairs: 0, bytesPerSecond: 0, bytesThisMonth: 0 } }
    await using bench = await openBench({
      'mesh.list': () => [home, meshView({ id: 'CLUB', name: 'Club' })],
      'hub.list': () => [{ ...on, limits: { members: 1, bytesPerSecond: null, bytesPerMonth: null } }],
      'peer.list': () => [peerView({ hubOf: [home.id] })],
    })
    const [titles, first, second] = (await bench.fcn('mesh')).stdout.split('\n').map((line) => line.split(/ {2,}/u))
    expect(titles?.[3]).toBe('HUBS')
    expect([first?.[3], second?.[3]]).toEqual(['this node, nas', '-'])
  })
})
