import { describe, expect, it } from 'vitest'
import { groupsOf, here, homeOf, keepHomes, type Group } from '../../../../../../renderer/features/overview/topology/homes.ts'
import { mostDrawn, type Plan, planTopology, rest } from '../../../../../../renderer/features/overview/topology/plan.ts'
import { boxOf, distanceToLine, isInside, overlap, type Place } from '../../../../../../renderer/features/overview/topology/shapes.ts'
import { peersOf, relayedVia } from '../../../../../fixtures/hubs.ts'
import { idFor } from '../../../../../fixtures/household-peers.ts'

const self = idFor('studio-desktop')
const groups = (count: number, hubs: number): Group[] => {
  const peers = peersOf({ count, hubs })
  const hubIds = new Set(peers.filter(({ hubOf }) => hubOf.length > 0).map(({ id }) => id))
  return groupsOf(new Map(peers.map((peer) => [peer.id, homeOf(peer, self)])), hubIds)
}
const sizes = [1, 2, 3, 4, 6, 9, 14, 20, 26, 45, 90, 200, mostDrawn - 5]
const cases = sizes.flatMap((count) => [0, 1, 3].filter((hubs) => hubs <= count).map((hubs) => [count, hubs] as const))

function expectApart({ width, height, level, places }: Plan): void {
  const boxes = [...places].map(([id, place]) => ({ id, box: boxOf(place, level) }))
  const drawing = { x: 0, y: 0, width, height }
  expect(boxes.filter(({ box }) => !isInside(box, drawing))).toEqual([])
  expect(boxes.flatMap((a, i) => boxes.slice(i + 1).flatMap((b) => (overlap(a.box, b.box) ? [[a.id, b.id]] : [])))).toEqual([])
}

describe.each([
  ['wide', false],
  ['upright', true],
])('the %s drawing', (_name, upright) => {
  it('gives everybody a place of their own, names included, from one peer to hundreds, with and without hubs', () => {
    for (const [count, hubs] of cases) {
      const { plan, left } = planTopology(groups(count, hubs), upright)
      expect(left).toBe(0)
      expect(plan.places.size, `${count} peers`).toBe(count + 1)
      expectApart(plan)
    }
  })

  it('has names at 2 and at 20 peers, and dots at 200', () => {
    const levelOf = (count: number, hubs: number) => planTopology(groups(count, hubs), upright).plan.level.name
    expect([levelOf(2, 0), levelOf(3, 1)]).toEqual(['named', 'named'])
    expect([levelOf(20, 0), levelOf(20, 1), levelOf(20, 2)]).not.toContain('dots')
    expect(levelOf(200, 2)).toBe('dots')
  })

  it('leads no way over the disc of another node while there are names', () => {
    for (const [count, hubs] of cases.filter(([count]) => count <= 20)) {
      const all = groups(count, hubs)
      const { places } = planTopology(all, upright).plan
      for (const { centre, members } of all) {
        for (const id of members) {
          const [from, to] = [places.get(centre) as Place, places.get(id) as Place]
          const others = [...places].filter(([other]) => other !== id && other !== centre)
          expect(others.filter(([, place]) => distanceToLine(place, from, to) < place.radius)).toEqual([])
        }
      }
    }
  })

  it('says how many have no place any more, and has one for them', () => {
    const { plan, left } = planTopology(groups(700, 3), upright)
    expectApart(plan)
    expect(plan.places.has(rest)).toBe(true)
    expect(plan.places.size - 2 + left).toBe(700)
    expect(plan.places.size).toBeGreaterThan(150)
  })

  it('keeps everybody in place when one comes, at most sizes', () => {
    const before = planTopology([{ centre: here, members: ids(100) }], upright).plan.places
    const after = planTopology([{ centre: here, members: ids(104) }], upright).plan.places
    expect([...before].filter(([id, place]) => !same(place, after.get(id)))).toEqual([])
  })
})

const ids = (count: number) => Array.from({ length: count }, (_, i) => `node ${i}`)
const same = (a: Place, b: Place | undefined) => a.x === b?.x && a.y === b.y && a.radius === b.radius

describe('the drawing, while it is looked at', () => {
  it.each([3, 20, 200])('moves nobody of %i when nodes change state or way', (count) => {
    const peers = peersOf({ count, hubs: 1 })
    const hubs = new Set([idFor('vps-helsinki')])
    const homes = (list: typeof peers) => new Map(list.map((peer) => [peer.id, homeOf(peer, self)]))
    const before = homes(peers)
    const changes: Partial<(typeof peers)[number]>[] = [
      { state: 'suspect', path: null },
      { state: 'offline', path: null },
      { path: relayedVia('vps-helsinki') },
      { path: { kind: 'direct', url: 'https://192.168.1.9:3000', latencyMs: 1 } },
    ]
    for (const [i, change] of changes.entries()) {
      const changed = peers.map((peer, k) => (k % changes.length === i ? { ...peer, ...change } : peer)).toReversed()
      const after = keepHomes(before, homes(changed), hubs)
      expect(planTopology(groupsOf(after, hubs), false)).toEqual(planTopology(groupsOf(before, hubs), false))
    }
  })
})
