import { describe, expect, it } from 'vitest'
import { mergeFinds } from '../../../../electron/agent/discovery/merge-finds.ts'
import type { SeenNode } from '../../../../electron/agent/discovery/sightings.ts'
import type { AddressView } from '../../../../electron/contract/snapshot.ts'

const seen = (more: Partial<SeenNode> = {}): SeenNode => ({
  ...{ id: 'A', name: 'attic', protocols: [1], meshes: [], isNew: false, instance: 'a' },
  places: [
    { link: 'eth0 IPv6', interface: 'eth0', source: 'fe80::5', addresses: ['fd00::5', '192.168.1.5'], port: 3000, since: 20 },
    { link: 'eth0 IPv4', interface: 'eth0', source: '192.168.1.5', addresses: ['192.168.1.5'], port: 3000, since: 10 },
  ],
  ...more,
})
const world = (addresses: AddressView[] = [], members: string[] = []) => ({
  ...{ isMember: (id: string) => members.includes(id), addresses: () => addresses, label: () => 'Ethernet' },
})
const address = (url: string, more: Partial<AddressView> = {}): AddressView => ({
  url,
  foundVia: 'joined',
  lastOk: null,
  lastError: null,
  ...more,
})
const scanFind = { url: 'http://192.168.1.5:3000', address: '192.168.1.5', interface: 'eth0', at: 30 }

describe('what is known of one node', () => {
  it('is one view, whatever found it, with each way once and the IPv4 address first', () => {
    const [view, ...more] = mergeFinds([seen()], [{ ...scanFind, node: { id: 'A', name: 'attic' } }], world())
    expect(more).toEqual([])
    expect(view).toMatchObject({ id: 'A', kind: 'node', urls: ['http://192.168.1.5:3000', 'http://[fd00::5]:3000'], since: 10 })
    expect(view?.found.map(({ via, url, label }) => [via, url, label])).toEqual([
      ['lan', 'http://[fd00::5]:3000', 'Ethernet'],
      ['lan', 'http://192.168.1.5:3000', 'Ethernet'],
      ['scan', 'http://192.168.1.5:3000', 'Ethernet'],
    ])
  })

  it('says how else its addresses are known, and where it was last reached', () => {
    const book = [
      address('https://192.168.1.5:3000', { lastOk: 500 }),
      address('https://100.92.4.5:3000', { foundVia: 'record', lastOk: 150_900 }),
      address('https://192.168.1.6:3000', { foundVia: 'lan', lastOk: 100 }),
    ]
    const [view] = mergeFinds([seen()], [], world(book))
    expect(view?.found.slice(2).map(({ via }) => via)).toEqual(['joined', 'record'])
    expect(view?.reached).toEqual({ url: 'https://100.92.4.5:3000', at: 120_000 })
  })

  it('is ours only when membership says so, never because of what it announces', () => {
    expect(mergeFinds([seen({ isNew: true })], [], world([], ['A']))[0]?.relation).toBe('mine')
    expect(mergeFinds([seen({ isNew: true })], [], world())[0]?.relation).toBe('new')
    expect(mergeFinds([seen({ meshes: ['Ours'] })], [], world())[0]?.relation).toBe('other')
    expect(mergeFinds([seen({ protocols: [2, 3] })], [], world())[0]?.compatible).toBe(false)
  })

  it('of an old node that a scan found is its URL', () => {
    expect(mergeFinds([], [{ ...scanFind, node: null }], world())).toMatchObject([
      { id: 'http://192.168.1.5:3000', kind: 'legacy', name: '192.168.1.5', relation: 'other', reached: { at: 30 } },
    ])
  })
})
