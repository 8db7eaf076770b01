import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMember, type Member, noFacts, type Verdict } from '../../../../../../electron/agent/membership/swim/state/member.ts'
import { createMemberTable, tableBase } from '../../../../../../electron/agent/membership/swim/state/member-table.ts'
import { bucketsText, differing, rootOf } from '../../../../../../electron/agent/membership/swim/state/digest.ts'

const member = ([node, version, verdict]: readonly [string, number, Verdict]): Member =>
  createMember({ ...noFacts(node), record: { node, version, left: version === 9, token: `${node}${version}` } }, verdict, () => true)
const members = fc.array(
  fc
    .tuple(fc.constantFrom('a', 'b', 'c', 'd', '__proto__'), fc.nat(9), fc.constantFrom<Verdict>('online', 'suspect', 'offline'))
    .map(member),
)
const tableOf = (list: readonly Member[], base = tableBase([])) => {
  const table = createMemberTable(base, () => undefined)
  for (const one of list) table.put(one)
  return table
}
const lastOf = (list: readonly Member[]) => [...new Map(list.map((one) => [one.node, one])).values()]

describe('the member table', () => {
  it('has the same digest for the same members, on whatever way they came', () => {
    fc.assert(
      fc.property(members, members, (first, then) => {
        const one = tableOf([...first, ...then])
        const other = tableOf(then, tableBase(lastOf(first)))
        const third = tableOf(lastOf([...first, ...then]).toReversed())
        expect(rootOf(other.buckets)).toBe(rootOf(one.buckets))
        expect(bucketsText(third.buckets)).toBe(bucketsText(one.buckets))
        expect([other.size, other.present]).toEqual([one.size, one.present])
      }),
    )
  })

  it('finds the bucket in which two differ', () => {
    const ours = tableOf([member(['a', 1, 'online']), member(['b', 1, 'online'])])
    const theirs = tableOf([member(['a', 1, 'online']), member(['b', 2, 'online'])])
    expect(differing(ours.buckets, bucketsText(theirs.buckets))).toEqual([member(['b', 1, 'online']).digest.bucket])
    expect(differing(ours.buckets, bucketsText(ours.buckets))).toEqual([])
  })

  it('tells members that one holds for offline apart, and not those suspected', () => {
    const rootWith = (verdict: Verdict) => rootOf(tableOf([member(['a', 1, verdict])]).buckets)
    expect(rootWith('offline')).not.toBe(rootWith('online'))
    expect(rootWith('suspect')).toBe(rootWith('online'))
  })

  it('announces what was and what is', () => {
    const changes: unknown[] = []
    const table = createMemberTable(tableBase([member(['a', 1, 'online'])]), (change) => changes.push(change))
    table.put(member(['a', 2, 'suspect']))
    table.put(member(['b', 1, 'online']))
    expect(changes).toEqual([
      { previous: member(['a', 1, 'online']), current: member(['a', 2, 'suspect']) },
      { previous: undefined, current: member(['b', 1, 'online']) },
    ])
  })
})

describe('a member', () => {
  const notice = { node: 'a', version: 1, token: 'n' }
  const record = { node: 'a', version: 1, left: false, token: 'r' }

  it('is removed whatever else is known, unless it was admitted again', () => {
    const facts = { ...noFacts('a'), record: { ...record, left: true }, notice }
    expect(createMember(facts, 'online', () => false).state).toBe('removed')
    expect(createMember({ ...facts, record }, 'online', () => true).state).toBe('online')
    expect(createMember({ ...noFacts('a'), notice }, 'online', () => true).state).toBe('removed')
  })

  it('is offline when it says that it stops', () => {
    const statement = { node: 'a', incarnation: 2, gone: true, token: 's' }
    expect(createMember({ ...noFacts('a'), record, statement }, 'online', () => true).state).toBe('offline')
  })
})
