import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MemberRecord, MemberStatement } from '../../../../electron/agent/membership/member-record.ts'
import { type MemberTable, mergeRecord } from '../../../../electron/agent/membership/member-table.ts'

const record = ([node, version, twin = 0]: [string, number, number?]): MemberRecord => ({
  token: `${node}@${version} ${twin}`,
  chain: [],
  role: 'member',
  admittedBy: 'root',
  statement: { node, version } as MemberStatement,
})
const records = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', '__proto__', 'constructor'), fc.nat(5), fc.nat(1)).map(record))
const tableOf = (list: MemberRecord[]) => list.reduce<MemberTable>(mergeRecord, new Map())

describe('member table', () => {
  it('comes out the same in whatever order records arrive, and however often', () => {
    fc.assert(
      fc.property(records, (list) => {
        const once = tableOf(list)
        const shuffled = tableOf([...list.toReversed(), ...list])
        expect(new Map(shuffled)).toEqual(new Map(once))
      }),
    )
  })

  it('stays the same object when there is nothing new', () => {
    const table = tableOf([record(['a', 2])])
    expect(mergeRecord(table, record(['a', 2]))).toBe(table)
    expect(mergeRecord(table, record(['a', 1]))).toBe(table)
    expect(mergeRecord(table, record(['a', 3]))).not.toBe(table)
  })
})
