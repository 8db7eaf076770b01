import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { balance, type Load } from '../../../../electron/agent/routing/balancer.ts'
import { createFakeRandom } from '../../../fakes/fake-random.ts'

const candidate = (nodeId: string, tier = 0) => ({ nodeId, tier })
const load = (loads: Record<string, Partial<Load>>) => (node: string) => ({ outstanding: 0, latencyMs: 1, ...loads[node] })

describe('the order in which to ask', () => {
  it('has every candidate once, lower tiers first', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string()), fc.array(fc.nat(1)), fc.integer(), (ids, tiers, seed) => {
        const candidates = ids.map((id, index) => candidate(id, tiers[index] ?? 0))
        const order = balance(candidates, load({}), createFakeRandom(seed))
        expect(new Set(order)).toEqual(new Set(candidates))
        expect(order.map(({ tier }) => tier)).toEqual(order.map(({ tier }) => tier).toSorted((a, b) => a - b))
      }),
    )
  })

  it('puts the better of two first, always', () => {
    const pair = [candidate('busy'), candidate('idle')]
    for (let seed = 0; seed < 50; seed++) {
      expect(balance(pair, load({ busy: { outstanding: 3 } }), createFakeRandom(seed))[0]?.nodeId).toBe('idle')
      expect(balance(pair, load({ busy: { latencyMs: 90 } }), createFakeRandom(seed))[0]?.nodeId).toBe('idle')
    }
  })

  it('shares work evenly among equals, and hardly uses one that is drowning', () => {
    const ids = Array.from({ length: 11 }, (_, index) => `n${index}`)
    const first = new Map(ids.map((id) => [id, 0]))
    const random = createFakeRandom(7)
    for (let round = 0; round < 11_000; round++) {
      const id =
        balance(
          ids.map((one) => candidate(one)),
          load({ n0: { outstanding: 50 } }),
          random,
        )[0]?.nodeId ?? ''
      first.set(id, (first.get(id) ?? 0) + 1)
    }
    expect(first.get('n0')).toBe(0)
    for (const id of ids.slice(1)) expect(first.get(id)).toBeGreaterThan(900)
  })
})
