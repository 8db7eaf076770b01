import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MemberRecord, MemberStatement } from '../../../../electron/agent/membership/member-record.ts'
import {
  compareTables,
  type MemberTable,
  mergeRecord,
  tableDigest,
  tableVersions,
} from '../../../../electron/agent/membership/member-table.ts'

const record = ([node, version]: [string, number]): MemberRecord => ({
  token: `${node}@${version}`,
  chain: [],
  role: 'member',
  admittedBy: 'root',
  statement: { node, version } as MemberStatement,
})
const records = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', '__proto__', 'constructor'), fc.nat(5)).map(record))
const tableOf = (list: MemberRecord[]) => list.reduce<MemberTable>(mergeRecord, new Map())

describe('member table', () => {
  it('comes out the same in whatever order records arrive, and however often', () => {
    fc.assert(
      fc.property(records, (list) => {
        const once = tableOf(list)
        const shuffled = tableOf([...list.toReversed(), ...list])
        expect(tableDigest(shuffled)).toBe(tableDigest(once))
        expect(tableVersions(shuffled)).toEqual(tableVersions(once))
      }),
    )
  })

  it('stays the same object when there is nothing new', () => {
    const table = tableOf([record(['a', 2])])
    expect(mergeRecord(table, record(['a', 2]))).toBe(table)
    expect(mergeRecord(table, record(['a', 1]))).toBe(table)
    expect(mergeRecord(table, record(['a', 3]))).not.toBe(table)
  })

  it('has equal digests for equal contents only', () => {
    fc.assert(
      fc.property(records, records, (one, two) => {
        const [a, b] = [tableOf(one), tableOf(two)]
        const same = a.size === b.size && [...a].every(([id, { token }]) => b.get(id)?.token === token)
        expect(tableDigest(a) === tableDigest(b)).toBe(same)
      }),
    )
  })

  it('is equal on both sides after one exchange of what the comparison names', () => {
    fc.assert(
      fc.property(records, records, (one, two) => {
        const [a, b] = [tableOf(one), tableOf(two)]
        const { give, want } = compareTables(a, tableVersions(b))
        const afterB = give.reduce<MemberTable>(mergeRecord, b)
        const afterA = want.reduce<MemberTable>((table, id) => mergeRecord(table, b.get(id) as MemberRecord), a)
        expect(tableDigest(afterA)).toBe(tableDigest(afterB))
      }),
    )
  })
})
