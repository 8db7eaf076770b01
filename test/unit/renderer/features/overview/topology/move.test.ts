import { describe, expect, it } from 'vitest'
import { groupsOf, here, homeOf } from '../../../../../../renderer/features/overview/topology/homes.ts'
import { nodeAt } from '../../../../../../renderer/features/overview/topology/move.ts'
import { planTopology } from '../../../../../../renderer/features/overview/topology/plan.ts'
import { idFor } from '../../../../../fixtures/household-peers.ts'
import { peersOf } from '../../../../../fixtures/hubs.ts'

const arrows = ['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown']

describe('the arrow keys', () => {
  const places = new Map([
    ['left', { x: 0, y: 0 }],
    ['right', { x: 100, y: 10 }],
    ['near', { x: 40, y: 35 }],
    ['below', { x: 5, y: 300 }],
  ])

  it('go to what lies in their direction, the nearest first, and nowhere beyond the last', () => {
    expect(nodeAt('ArrowRight', 'left', places)).toBe('near')
    expect(nodeAt('ArrowDown', 'left', places)).toBe('below')
    expect(nodeAt('ArrowLeft', 'right', places)).toBe('near')
    expect(nodeAt('ArrowLeft', 'left', places)).toBeNull()
    expect(nodeAt('ArrowDown', 'below', places)).toBeNull()
  })

  it('leave other keys alone; Home and End are the ends', () => {
    expect(nodeAt('Enter', 'left', places)).toBeNull()
    expect([nodeAt('Home', 'near', places), nodeAt('End', 'near', places)]).toEqual(['left', 'below'])
  })

  it.each([
    [2, 0],
    [7, 1],
    [20, 0],
    [20, 2],
    [60, 1],
    [200, 2],
  ])('reach each of %i peers with %i hubs from the first', (count, hubCount) => {
    const peers = peersOf({ count, hubs: hubCount })
    const hubs = new Set(peers.filter(({ hubOf }) => hubOf.length > 0).map(({ id }) => id))
    const homes = new Map(peers.map((peer) => [peer.id, homeOf(peer, idFor('studio-desktop'))]))
    for (const upright of [false, true]) {
      const stops = new Map([...planTopology(groupsOf(homes, hubs), upright).plan.places].filter(([id]) => id !== here))
      const reached = new Set([...stops.keys()].slice(0, 1))
      for (const id of reached) for (const key of arrows) reached.add(nodeAt(key, id, stops) ?? id)
      expect(reached.size).toBe(count)
    }
  })
})
