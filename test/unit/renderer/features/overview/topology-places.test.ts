import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mostPeers, planTopology } from '../../../../../renderer/features/overview/topology-places.ts'

/** Two discs of radius 21 with a little air. */
const apart = 44

describe('the drawing', () => {
  it('keeps every node inside, apart from each other and from this node', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: mostPeers }), fc.boolean(), (count, upright) => {
        const { width, height, self, peers } = planTopology(count, upright)
        expect(peers).toHaveLength(count)
        for (const [i, { x, y }] of peers.entries()) {
          expect(x).toBeGreaterThan(30)
          expect(x).toBeLessThan(width - 30)
          expect(y).toBeGreaterThan(40)
          expect(y).toBeLessThan(height - 30)
          for (const other of [self, ...peers.slice(i + 1)]) expect(Math.hypot(x - other.x, y - other.y)).toBeGreaterThan(apart)
        }
      }),
    )
  })

  it('is the same for the same number of peers', () => {
    expect(planTopology(7, false)).toEqual(planTopology(7, false))
  })
})
