import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createProbeOrder } from '../../../../../../electron/agent/membership/swim/state/probe-order.ts'
import { createFakeRandom } from '../../../../../fakes/fake-random.ts'

describe('the order of probes', () => {
  it('asks everybody once per round, in any order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 30 }), fc.nat(), (nodes, seed) => {
        const order = createProbeOrder(createFakeRandom(seed))
        for (let round = 0; round < 3; round++) {
          const asked = nodes.map(() => order.next(() => [...nodes]))
          expect(asked.length).toBe(nodes.length)
          expect(new Set(asked)).toEqual(new Set(nodes))
        }
      }),
    )
  })

  it('asks a newcomer within the running round', () => {
    const order = createProbeOrder(createFakeRandom(1))
    order.next(() => ['a', 'b'])
    order.insert('c')
    expect([order.next(() => []), order.next(() => [])]).toContain('c')
  })

  it('asks nobody when there is nobody', () => {
    expect(createProbeOrder(createFakeRandom(1)).next(() => [])).toBeNull()
  })
})
