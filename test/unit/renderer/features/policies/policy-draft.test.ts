import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadBalancing, policyRules } from '../../../../../electron/contract/routing.ts'
import { countIn, draftOf, meansTheSame, rulesOf } from '../../../../../renderer/features/policies/policy-draft.ts'

const nodes = fc.uniqueArray(fc.constantFrom('anna', 'ben', 'cleo', 'dora'), { minLength: 1 })
const anyRules = fc.record(
  {
    ...{ preferredNodes: nodes, fallbackNodes: nodes, loadBalancing: fc.constantFrom(...loadBalancing.options) },
    ...{ replication: fc.integer({ min: 1, max: 16 }), maxDistance: fc.integer({ min: 1, max: 60_000 }) },
    ...{ onlyDirect: fc.constant(true), avoidMetered: fc.constant(true) },
  },
  { requiredKeys: [] },
)

describe('a policy that is edited', () => {
  it('comes back as it was while nothing is changed, and is always valid', () => {
    fc.assert(
      fc.property(anyRules, (rules) => {
        const draft = draftOf(rules)
        expect(rulesOf(draft)).toEqual(rules)
        expect(policyRules.safeParse(rulesOf(draft)).success).toBe(true)
        expect(meansTheSame(draft, draftOf(rulesOf(draft)))).toBe(true)
      }),
    )
  })
  it('says nothing when every field is empty', () => {
    expect(rulesOf(draftOf(null))).toEqual({})
    expect(meansTheSame(draftOf(null), { ...draftOf(null), onlyDirect: true })).toBe(false)
  })
})

describe('a number field', () => {
  it.each([
    ['', null],
    ['-', null],
    [0, null],
    [2.5, null],
    [3, 3],
    ['7', 7],
    [99, 16],
  ])('reads %j as %j', (value, count) => expect(countIn(value, 16)).toBe(count))
})
