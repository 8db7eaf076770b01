import { describe, expect, it } from 'vitest'
import { createPeersByName } from '../../../../renderer/store/peers-by-name.ts'
import { filmClub, maple } from '../../../fixtures/household-peers.ts'
import { calm } from '../../../fixtures/snapshot.ts'

const named = (peers: readonly { name: string }[]) => peers.map(({ name }) => name)

describe('peers by name', () => {
  it('are the members of a mesh, and legacy peers', () => {
    const byName = createPeersByName()
    expect(named(byName(calm().peers, filmClub.id))).toEqual(['mia-laptop', 'old-thinkpad', 'oskar-desktop'])
    expect(byName(calm().peers, maple.id)).toHaveLength(9)
  })

  it('are the newest views in the order that holds', () => {
    const byName = createPeersByName()
    const { peers } = calm()
    const before = byName(peers, filmClub.id)
    const [first] = before
    if (first === undefined) throw new Error('nobody')
    const changed = { ...first, lastSeen: 5 }
    expect(byName({ ...peers, [first.id]: changed }, filmClub.id)).toEqual([changed, ...before.slice(1)])
  })

  it('are ordered anew when one is renamed, goes, or comes', () => {
    const byName = createPeersByName()
    const { peers } = calm()
    const before = byName(peers, filmClub.id)
    const [first] = before
    if (first === undefined) throw new Error('nobody')
    const renamed = { ...first, name: 'zebra' }
    expect(named(byName({ ...peers, [first.id]: renamed }, filmClub.id))).toEqual(['old-thinkpad', 'oskar-desktop', 'zebra'])
    const { [first.id]: gone, ...rest } = peers
    expect(gone).toBeDefined()
    expect(named(byName(rest, filmClub.id))).toEqual(['old-thinkpad', 'oskar-desktop'])
    expect(byName(peers, filmClub.id)).toEqual(before)
  })

  it('of one name stand by their ids', () => {
    const byName = createPeersByName()
    const [one, other] = Object.values(calm().peers).map((peer) => ({ ...peer, name: 'twin', meshes: ['m'] }))
    if (one === undefined || other === undefined) throw new Error('nobody')
    const twins = { [one.id]: one, [other.id]: other }
    expect(byName(twins, 'm').map(({ id }) => id)).toEqual([one.id, other.id].toSorted())
  })
})
