import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Link } from '../../../../electron/agent/membership/admission.ts'
import type { PolicyStatement } from '../../../../electron/agent/membership/policy-statement.ts'
import type { Revocation } from '../../../../electron/agent/membership/revocation.ts'
import { judge, type Judgement } from '../../../../electron/agent/membership/standing.ts'
import { anyHistory, createTestEvidence, evidence } from '../../../fakes/test-evidence.ts'

const { admit, admin, revoke, name, policy, last } = createTestEvidence()
const root: Link[] = []
const founder = admin(root, 'founder')
const anna = admin(founder, 'anna')
const ben = admin(founder, 'ben')
const cleo = admit(anna, 'cleo')

const stateOf = (judgement: Judgement, node: string) => {
  const standing = judgement.of(node)
  return standing?.state === 'member' ? standing.role : (standing?.state ?? 'unknown')
}

describe('standing', () => {
  it('is what the chain says while nobody took it back', () => {
    const judgement = judge(evidence({ chains: [founder, anna, cleo] }))
    expect(['founder', 'anna', 'cleo', 'dora'].map((node) => stateOf(judgement, node))).toEqual(['admin', 'admin', 'member', 'unknown'])
  })

  it('ends with a revocation, which says who did it', () => {
    const revocation = revoke(anna, 'cleo')
    const judgement = judge(evidence({ chains: [anna, cleo], revocations: [revocation] }))
    expect(judgement.of('cleo')).toEqual({ state: 'removed', revocation })
    expect(judgement.nextTerm('cleo')).toBe(1)
  })

  it('comes back with an admission of a later term, and with no other', () => {
    const revocations = [revoke(anna, 'cleo', { upTo: 3 })]
    const with_ = (term: number) => judge(evidence({ chains: [anna, cleo, admit(ben, 'cleo', { term })], revocations }))
    expect(stateOf(with_(3), 'cleo')).toBe('removed')
    expect(stateOf(with_(4), 'cleo')).toBe('member')
    expect(with_(4).lastRemoval('cleo')).toBe(revocations[0])
  })

  it('follows the latest term, so that roles change', () => {
    const promoted = admin(anna, 'cleo', { term: 1 })
    expect(stateOf(judge(evidence({ chains: [promoted, cleo] })), 'cleo')).toBe('admin')
    const demoted = admit(founder, 'cleo', { term: 2 })
    const revocations = [revoke(founder, 'cleo', { upTo: 1 })]
    expect(stateOf(judge(evidence({ chains: [promoted, demoted, cleo], revocations })), 'cleo')).toBe('member')
    expect(judge(evidence({ chains: [promoted], revocations })).of('cleo')).toMatchObject({ state: 'removed' })
  })
})

describe('a removed admin', () => {
  const removal = revoke(founder, 'anna', { keeps: [last(cleo)] })
  const later = admit(anna, 'dora')
  const judgement = judge(
    evidence({
      chains: [founder, anna, ben, cleo, later, admin(anna, 'anna', { term: 1 }), admin(admin(anna, 'puppet'), 'anna', { term: 2 })],
      revocations: [revoke(anna, 'ben'), revoke(anna, 'founder'), revoke(admin(anna, 'puppet'), 'ben'), removal],
      statements: [name(anna, 'Mine', 7)],
    }),
  )

  it('leaves those behind that the remover keeps', () => {
    expect(stateOf(judgement, 'cleo')).toBe('member')
  })
  it('can neither admit, remove, nor rename, itself or by an admin it makes', () => {
    expect(judgement.of('dora')).toEqual({ state: 'removed', revocation: removal })
    expect(stateOf(judgement, 'ben')).toBe('admin')
    expect(stateOf(judgement, 'founder')).toBe('admin')
    expect(judgement.statement).toBeNull()
  })
  it('cannot let itself in again', () => {
    expect(stateOf(judgement, 'anna')).toBe('removed')
  })
  it('does not bring back whom it had removed before, when that is kept', () => {
    const earlier = revoke(anna, 'cleo')
    const kept = revoke(founder, 'anna', { keeps: [earlier] })
    expect(stateOf(judge(evidence({ chains: [founder, anna, cleo], revocations: [kept, earlier] })), 'cleo')).toBe('removed')
  })
  it('cannot raise its rank by what it or its puppets write', () => {
    const early = admin(admin(anna, 'puppet', { at: -1 }), 'second', { at: -1 })
    const revocations = [revoke(early, 'founder'), revoke(admin(anna, 'anna', { at: -1 }), 'founder'), removal]
    expect(stateOf(judge(evidence({ chains: [founder, anna], revocations })), 'founder')).toBe('admin')
    expect(stateOf(judge(evidence({ chains: [founder, anna], revocations })), 'anna')).toBe('removed')
  })
})

describe('two who remove each other', () => {
  it('are judged by seniority: the shorter chain, then the earlier admission', () => {
    const dora = admin(anna, 'dora')
    const of = (a: Revocation, b: Revocation) => judge(evidence({ chains: [founder, anna, ben, dora], revocations: [b, a] }))
    const first = of(revoke(anna, 'ben'), revoke(ben, 'anna'))
    expect([stateOf(first, 'anna'), stateOf(first, 'ben')]).toEqual(['admin', 'removed'])
    const second = of(revoke(dora, 'ben'), revoke(ben, 'dora'))
    expect([stateOf(second, 'ben'), stateOf(second, 'dora')]).toEqual(['admin', 'removed'])
  })

  it('are both beneath the root key', () => {
    const restored = admin(root, 'ben', { term: 9 })
    const revocations = [revoke(founder, 'ben', { upTo: 8 }), revoke(root, 'founder')]
    const judgement = judge(evidence({ chains: [founder, ben, restored], revocations }))
    expect([stateOf(judgement, 'founder'), stateOf(judgement, 'ben')]).toEqual(['removed', 'admin'])
  })

  it('and one that gave its role back: what its key says afterwards counts no more', () => {
    const demoted = admit(anna, 'anna', { term: 1 })
    const own = revoke(anna, 'anna', { keeps: [last(demoted), last(cleo)] })
    const judgement = judge(
      evidence({ chains: [founder, anna, ben, demoted, cleo, admit(anna, 'dora')], revocations: [revoke(anna, 'ben'), own] }),
    )
    expect(['anna', 'ben', 'cleo', 'dora'].map((node) => stateOf(judgement, node))).toEqual(['member', 'admin', 'member', 'removed'])
  })
})

describe('the name of the mesh', () => {
  it('is the newest that an admin gave, and of two at once the same everywhere', () => {
    const statements = [name(anna, 'First', 1), name(ben, 'Second', 2), name(anna, 'Third', 2)]
    for (const list of [statements, statements.toReversed()]) {
      expect(judge(evidence({ statements: list })).statement?.name).toBe('Second')
    }
  })
})

describe('the policy for a capability', () => {
  const rulesFor = (...policies: PolicyStatement[]) => judge(evidence({ policies })).policies.get('ai')?.rules

  it('is the newest that an admin decided, and of two at once the same everywhere', () => {
    const policies = [policy(anna, 1, { version: 1 }), policy(ben, 2, { version: 2 }), policy(anna, 3, { version: 2 })]
    for (const list of [policies, policies.toReversed()]) expect(rulesFor(...list)).toEqual({ replication: 2 })
  })
  it('is decided for each capability by itself, and can be taken back', () => {
    const policies = [policy(anna, 1, { version: 7 }), policy(ben, 2, { capability: 'storage' }), policy(ben, null, { version: 8 })]
    const judgement = judge(evidence({ policies }))
    expect([...judgement.policies.values()].map(({ capability, rules }) => [capability, rules])).toEqual([
      ['storage', { replication: 2 }],
      ['ai', null],
    ])
  })
  it('goes back to what others decided when its signer was removed, whatever version it gave', () => {
    const before = policy(ben, 1, { version: 3 })
    const judgement = judge(evidence({ policies: [before, policy(anna, 2, { version: 99 })], revocations: [revoke(founder, 'anna')] }))
    expect(judgement.policies.get('ai')).toBe(before)
  })
  it('does not come back by showing an older one of the same signer, not even one that was kept', () => {
    const older = policy(anna, 1, { version: 1 })
    const newer = policy(anna, 2, { version: 2 })
    expect(rulesFor(newer, older)).toEqual({ replication: 2 })
    const revocations = [revoke(founder, 'anna', { keeps: [older] })]
    expect(judge(evidence({ policies: [newer, older], revocations })).policies.size).toBe(0)
  })
})

const shuffled = <T>(list: readonly T[], seed: number) =>
  list
    .map((each, i) => [Math.sin(seed * 1000 + i), each] as const)
    .toSorted(([x], [y]) => x - y)
    .map(([, each]) => each)
const { nodes, history } = anyHistory()
const verdict = (judgement: Judgement) => [...nodes.map((node) => judgement.of(node)), judgement.statement, judgement.policies]

describe('any history', () => {
  it('is judged the same in whatever order it arrives, and however often', () => {
    fc.assert(
      fc.property(history, fc.nat(), (all, seed) => {
        const other = {
          chains: shuffled([...all.chains, ...all.chains], seed),
          revocations: shuffled(all.revocations, seed),
          statements: shuffled(all.statements, seed),
          policies: shuffled([...all.policies, ...all.policies], seed),
        }
        expect(verdict(judge(other))).toEqual(verdict(judge(all)))
      }),
      { numRuns: 500 },
    )
  })

  it('is judged the same without what does not count', () => {
    fc.assert(
      fc.property(history, (all) => {
        const judgement = judge(all)
        const revocations = all.revocations.filter((revocation) => judgement.applies(revocation))
        expect(verdict(judge({ ...all, revocations }))).toEqual(verdict(judgement))
      }),
      { numRuns: 500 },
    )
  })

  it('ends as the root key says', () => {
    fc.assert(
      fc.property(history, fc.constantFrom(...nodes), (all, node) => {
        const before = judge(all)
        const term = before.nextTerm(node)
        const keeps = all.revocations.filter((revocation) => revocation.by === node && before.applies(revocation))
        const revocations = [...all.revocations, revoke(root, node, { upTo: term, keeps })]
        expect(judge({ ...all, revocations }).of(node)?.state).toBe('removed')
        const back = admin(root, node, { term: term + 1 })
        const again = judge({ ...all, chains: [...all.chains, back], revocations })
        expect(again.of(node)).toEqual({ state: 'member', role: 'admin', chain: back })
      }),
      { numRuns: 500 },
    )
  })

  it('cannot be changed by a node that a more senior one has removed', () => {
    fc.assert(
      fc.property(history, (all) => {
        const rogue = admin(founder, 'rogue')
        const base = { ...all, chains: [...all.chains, founder, rogue], revocations: [...all.revocations, revoke(founder, 'rogue')] }
        const puppet = admin(rogue, 'puppet')
        const attack = {
          chains: [...base.chains, puppet, ...nodes.map((node) => admit(rogue, node, { term: 99 })), admin(rogue, 'rogue', { term: 99 })],
          revocations: [...base.revocations, ...nodes.map((node) => revoke(rogue, node, { upTo: 9 })), revoke(puppet, 'founder')],
          statements: [...base.statements, name(rogue, 'Mine', 99)],
          policies: [...base.policies, policy(rogue, 99, { version: 99 }), policy(puppet, 99, { version: 99 })],
        }
        const members = (judgement: Judgement) => nodes.map((node) => stateOf(judgement, node).replace(/removed|unknown/u, 'out'))
        expect(members(judge(attack))).toEqual(members(judge(base)))
        expect(judge(attack).statement).toBe(judge(base).statement)
        expect(judge(attack).policies).toEqual(judge(base).policies)
        expect(judge(attack).of('rogue')?.state).toBe('removed')
      }),
      { numRuns: 500 },
    )
  })
})
