import { describe, expect, it } from 'vitest'
import { groupsOf, here, homeOf } from '../../../../../../renderer/features/overview/topology/homes.ts'
import { latencyLabels } from '../../../../../../renderer/features/overview/topology/latency-labels.ts'
import { linksOf, routeTo } from '../../../../../../renderer/features/overview/topology/links.ts'
import { planTopology } from '../../../../../../renderer/features/overview/topology/plan.ts'
import { boxOf, overlap } from '../../../../../../renderer/features/overview/topology/shapes.ts'
import { hubbedPeers, peersOf, relayedVia } from '../../../../../fixtures/hubs.ts'
import { aPeer, idFor, maple } from '../../../../../fixtures/household-peers.ts'

const self = idFor('studio-desktop')
const drawn = (peers: typeof hubbedPeers) => {
  const hubs = new Set(peers.filter(({ hubOf }) => hubOf.includes(maple.id)).map(({ id }) => id))
  const homes = new Map(peers.map((peer) => [peer.id, homeOf(peer, self)]))
  return { hubs, homes, links: linksOf(peers, homes, hubs, self) }
}

describe('the ways in the drawing', () => {
  const { links } = drawn(hubbedPeers)
  const wayTo = (name: string) => links.find(({ to }) => to === (name === 'old-thinkpad' ? 'http://192.168.1.77:3000' : idFor(name)))

  it('are one to each peer, with how it is reached', () => {
    expect(links).toHaveLength(hubbedPeers.length)
    expect(wayTo('kitchen-mini')).toMatchObject({ from: here, way: 'direct', latencyMs: 2 })
    expect(wayTo('oskar-desktop')).toMatchObject({ from: idFor('vps-helsinki'), way: 'relayed', latencyMs: 48 })
    expect(wayTo('workshop-pc')).toMatchObject({ from: here, way: 'checking' })
    expect(wayTo('grandma-laptop')).toMatchObject({ from: idFor('vps-helsinki'), way: 'none', latencyMs: null })
    expect(wayTo('old-thinkpad')).toMatchObject({ from: here, way: 'legacy' })
  })

  it('go on from this node where the hub is not drawn, or is this node', () => {
    const peers = [aPeer('a', { path: relayedVia('somewhere') }), aPeer('b', { path: relayedVia('studio-desktop') })]
    expect(drawn(peers).links).toMatchObject([
      { from: here, way: 'relayed' },
      { from: here, way: 'relayed' },
    ])
  })

  it('lead to a relayed peer over the hub', () => {
    expect(routeTo(links, idFor('oskar-desktop')).map(({ to }) => to)).toEqual([idFor('vps-helsinki'), idFor('oskar-desktop')])
    expect(routeTo(links, idFor('kitchen-mini')).map(({ to }) => to)).toEqual([idFor('kitchen-mini')])
    expect(routeTo(links, 'nobody')).toEqual([])
  })
})

describe('latencies in the drawing', () => {
  const labelled = (peers: typeof hubbedPeers) => {
    const { homes, hubs, links } = drawn(peers)
    const { plan } = planTopology(groupsOf(homes, hubs), false)
    return { plan, labels: latencyLabels(links, plan, (ms) => `${ms} ms`) }
  }

  it('are said where there is room, on no node, name or other label', () => {
    for (const peers of [hubbedPeers, peersOf({ count: 20, hubs: 2 }), peersOf({ count: 20, hubs: 0 })]) {
      const { plan, labels } = labelled(peers)
      const nodes = [...plan.places.values()].map((place) => boxOf(place, plan.level))
      expect(labels.length).toBeGreaterThan(0)
      for (const [i, label] of labels.entries()) {
        expect([...nodes, ...labels.slice(i + 1)].filter((other) => overlap(label, other))).toEqual([])
      }
    }
  })

  it('say what a hub adds before all else, and nothing among dots', () => {
    expect(labelled(peersOf({ count: 3, hubs: 1 })).labels[0]).toMatchObject({ to: idFor('attic-nas'), text: '40 ms' })
    expect(labelled(peersOf({ count: 200, hubs: 2 })).labels).toEqual([])
  })
})
