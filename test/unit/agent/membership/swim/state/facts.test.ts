import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Facts, mergeFacts, newsOf } from '../../../../../../electron/agent/membership/swim/state/facts.ts'
import { noFacts } from '../../../../../../electron/agent/membership/swim/state/member.ts'

const node = 'a'
const token = fc.constantFrom('x', 'y', 'z')
const record = fc
  .record({ node: fc.constant(node), version: fc.nat(3), left: fc.boolean(), token })
  .map((one) => ({ ...one, token: `${one.token}${one.left}` }))
const statement = fc
  .record({ node: fc.constant(node), incarnation: fc.nat(3), gone: fc.boolean(), token })
  .map((one) => ({ ...one, token: `${one.token}${one.gone}` }))
const notice = fc.record({ node: fc.constant(node), version: fc.nat(3), token })
const facts: fc.Arbitrary<Facts> = fc.record({
  node: fc.constant(node),
  record: fc.option(record),
  statement: fc.option(statement),
  notice: fc.option(notice),
})

describe('facts', () => {
  it('merge to the same in any order', () => {
    fc.assert(
      fc.property(facts, facts, (a, b) => {
        expect(mergeFacts(a, b)).toEqual(mergeFacts(b, a))
      }),
    )
    fc.assert(
      fc.property(facts, facts, facts, (a, b, c) => {
        expect(mergeFacts(mergeFacts(a, b), c)).toEqual(mergeFacts(a, mergeFacts(b, c)))
      }),
    )
  })

  it('merge to the same however often', () => {
    fc.assert(
      fc.property(facts, facts, (a, b) => {
        expect(mergeFacts(mergeFacts(a, b), b)).toEqual(mergeFacts(a, b))
        expect(mergeFacts(a, { ...a })).toBe(a)
      }),
    )
  })

  it('never go back', () => {
    fc.assert(
      fc.property(facts, facts, (a, b) => {
        const merged = mergeFacts(a, b)
        expect(merged.record?.version ?? -1).toBe(Math.max(a.record?.version ?? -1, b.record?.version ?? -1))
        expect(merged.statement?.incarnation ?? -1).toBe(Math.max(a.statement?.incarnation ?? -1, b.statement?.incarnation ?? -1))
      }),
    )
  })

  it('are checked only as far as they are news', () => {
    fc.assert(
      fc.property(facts, facts, (a, b) => {
        const news = newsOf(a, b)
        expect(mergeFacts(a, news ?? noFacts(node))).toEqual(mergeFacts(a, b))
      }),
    )
    expect(newsOf(undefined, noFacts(node))).toEqual(noFacts(node))
  })
})
