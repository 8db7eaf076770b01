import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBalancer, type LoadOf } from '../../../../electron/agent/routing/balancer.ts'
import type { LoadBalancing } from '../../../../electron/contract/routing.ts'
import { createFakeRandom } from '../../../fakes/fake-random.ts'

interface Node {
  key: string
  tier: number
  own: boolean
}
interface Load {
  cost: number
  underWay: number
  distance: number | null
  failing: boolean
}

const node = (key: string, more: Partial<Node> = {}): Node => ({ key, tier: 0, own: false, ...more })
const loads = (of: Record<string, Partial<Load>> = {}): LoadOf<Node> => ({
  cost: ({ key }) => of[key]?.cost ?? 1,
  underWay: ({ key }) => of[key]?.underWay ?? 0,
  distance: ({ key }) => of[key]?.distance ?? null,
  isFailing: ({ key }) => of[key]?.failing ?? false,
})
const balancer = (seed: number) => createBalancer({ random: createFakeRandom(seed) })
const rules = [null, 'round-robin', 'least-loaded', 'lowest-latency'] as const

/** Who is asked in turn when nobody can serve. */
function order(nodes: readonly Node[], rule: LoadBalancing | null, load: LoadOf<Node>, seed: number): Node[] {
  const { pick } = balancer(seed)
  let left = [...nodes]
  const asked: Node[] = []
  for (let place = pick(left, rule, 'x', load); place >= 0; place = pick(left, rule, 'x', load)) {
    asked.push(left[place] as Node)
    left = left.toSpliced(place, 1)
  }
  return asked
}

describe('whoever the rule', () => {
  it('everybody is asked once, lower tiers first, those that fail last', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string(), { maxLength: 12 }),
        fc.array(fc.nat(3)),
        fc.array(fc.boolean()),
        fc.constantFrom(...rules),
        fc.integer(),
        (keys, tiers, failing, rule, seed) => {
          const nodes = keys.map((key, index) => node(key, { tier: tiers[index] ?? 0 }))
          const of = Object.fromEntries(keys.map((key, index) => [key, { failing: failing[index] ?? false }]))
          const rank = ({ key, tier }: Node) => tier + (of[key]?.failing === true ? 1_000 : 0)
          const asked = order(nodes, rule, loads(of), seed)
          expect(new Set(asked)).toEqual(new Set(nodes))
          expect(asked.map(rank)).toEqual(asked.map(rank).toSorted((a, b) => a - b))
        },
      ),
    )
  })

  it('nobody is nobody', () => expect(balancer(1).pick([], null, 'x', loads())).toBe(-1))
})

describe('without a rule', () => {
  it('of two the cheaper is asked, always', () => {
    for (let seed = 0; seed < 50; seed++)
      expect(order([node('busy'), node('idle')], null, loads({ busy: { cost: 9 } }), seed)[0]?.key).toBe('idle')
  })

  it('work is shared evenly among equals, and hardly goes to one that is drowning', () => {
    const nodes = Array.from({ length: 11 }, (_, index) => node(`n${index}`))
    const first = new Map(nodes.map(({ key }) => [key, 0]))
    const { pick } = balancer(7)
    for (let round = 0; round < 11_000; round++) {
      const { key } = nodes[pick(nodes, null, 'x', loads({ n0: { cost: 50 } }))] as Node
      first.set(key, (first.get(key) ?? 0) + 1)
    }
    expect(first.get('n0')).toBe(0)
    for (const { key } of nodes.slice(1)) expect(first.get(key)).toBeGreaterThan(900)
  })

  it('this node serves itself unless another is cheaper', () => {
    const nodes = [node('me', { own: true }), ...Array.from({ length: 10 }, (_, index) => node(`n${index}`))]
    for (let seed = 0; seed < 20; seed++) {
      expect(order(nodes, null, loads({ me: { cost: 0.5 } }), seed)[0]?.key).toBe('me')
      expect(order(nodes, null, loads({ me: { cost: 20 } }), seed)[0]?.key).not.toBe('me')
    }
  })
})

describe('with a rule', () => {
  it('round robin goes through all in turn, each thing by itself', () => {
    const nodes = [node('a'), node('b'), node('c')]
    const { pick } = balancer(1)
    const next = (thing: string) => nodes[pick(nodes, 'round-robin', thing, loads())]?.key
    expect(Array.from({ length: 6 }, () => next('ai')).join('')).toBe('abcabc')
    expect(next('storage')).toBe('a')
  })

  it('the least loaded is the one with the least under way, the nearest the one with the shortest way', () => {
    const nodes = [node('a'), node('b'), node('c')]
    const load = loads({ a: { underWay: 2, distance: 9 }, b: { underWay: 1, distance: 30 }, c: { underWay: 5, distance: 3 } })
    for (let seed = 0; seed < 20; seed++) {
      expect(order(nodes, 'least-loaded', load, seed).map(({ key }) => key)).toEqual(['b', 'a', 'c'])
      expect(order(nodes, 'lowest-latency', load, seed).map(({ key }) => key)).toEqual(['c', 'a', 'b'])
    }
  })
})
