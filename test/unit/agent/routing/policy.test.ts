import { describe, expect, it } from 'vitest'
import type { PolicyRules } from '../../../../electron/contract/routing.ts'
import type { Candidate } from '../../../../electron/agent/routing/candidates.ts'
import { applyRules, type Way } from '../../../../electron/agent/routing/policy.ts'
import { meshId } from '../../../fakes/router-node.ts'

const candidate = (nodeId: string, more: Partial<Candidate> = {}): Candidate => ({
  ...{ nodeId, name: nodeId, own: false, meshId, suspect: false, metered: false },
  ...{ wanted: { kind: 'capability', capability: 'ai' } as const },
  ...more,
})
const near: Way = { latencyMs: 2, relayed: false, metered: false }
const apply = (names: readonly (string | Candidate)[], rules: PolicyRules, ways: Record<string, Partial<Way>> = {}) =>
  applyRules(
    names.map((each) => (typeof each === 'string' ? candidate(each) : each)),
    () => rules,
    (node) => ({ ...near, ...ways[node] }),
  )
/** Names in the order of their tiers; those of one tier together. */
const tiersOf = ({ candidates }: ReturnType<typeof apply>) =>
  [...Map.groupBy(candidates, ({ tier }) => tier)]
    .toSorted(([a], [b]) => a - b)
    .map(([, those]) => those.map(({ nodeId }) => nodeId).join(' '))

describe('a policy', () => {
  it('without rules makes everybody equal', () => {
    expect(tiersOf(apply(['a', 'b', 'c'], {}))).toEqual(['a b c'])
    expect(apply(['a'], {}).loadBalancing).toBeNull()
  })

  it('puts preferred nodes first, in their order, and fallback nodes last', () => {
    const rules = { preferredNodes: ['c', 'gone', 'b'], fallbackNodes: ['a'] }
    expect(tiersOf(apply(['a', 'b', 'c', 'd', 'e'], rules))).toEqual(['c', 'b', 'd e', 'a'])
  })

  it('asks nodes that are being checked after everybody who is there, even if preferred', () => {
    expect(tiersOf(apply([candidate('a', { suspect: true }), 'b', 'c'], { preferredNodes: ['a'], fallbackNodes: ['c'] }))).toEqual([
      'b',
      'c',
      'a',
    ])
  })

  it.each([
    ['onlyDirect', { onlyDirect: true }, { relayed: true }, 'relayed'],
    ['avoidMetered', { avoidMetered: true }, { metered: true }, 'metered'],
    ['maxDistance', { maxDistance: 50 }, { latencyMs: 51 }, 'too_far'],
  ] as const)('%s leaves out who does not keep it, and says why', (_rule, rules, way, why) => {
    const ranked = apply(['a', 'b'], rules, { a: way })
    expect(ranked).toMatchObject({ candidates: [{ nodeId: 'b' }], leftOut: [{ id: 'a', name: 'a', why }] })
    expect(apply(['a'], {}, { a: way }).leftOut).toEqual([])
  })

  it('knows by the peer’s word, too, that its connection is metered', () => {
    expect(apply([candidate('a', { metered: true })], { avoidMetered: true }).leftOut).toMatchObject([{ id: 'a', why: 'metered' }])
    expect(apply([candidate('a', { metered: true })], {}).leftOut).toEqual([])
  })

  it('asks a node whose distance is unknown after those that are near enough', () => {
    expect(tiersOf(apply(['a', 'b'], { maxDistance: 50 }, { a: { latencyMs: null } }))).toEqual(['b', 'a'])
  })

  it('never keeps this node from serving itself', () => {
    const rules = { onlyDirect: true, avoidMetered: true, maxDistance: 1 }
    const own = candidate('me', { own: true, meshId: null })
    expect(tiersOf(apply([own], rules, { me: { latencyMs: 99, relayed: true, metered: true } }))).toEqual(['me'])
  })

  it('hands its load balancing on', () => expect(apply(['a'], { loadBalancing: 'round-robin' }).loadBalancing).toBe('round-robin'))
})
