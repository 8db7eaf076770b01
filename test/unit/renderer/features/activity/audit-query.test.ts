import { describe, expect, it } from 'vitest'
import { calls } from '../../../../../electron/contract/calls.ts'
import { anything, isAnything, kinds, queryOf } from '../../../../../renderer/features/activity/audit-query.ts'

describe('the filter of the log', () => {
  it('asks for nothing in particular at first', () => {
    expect(isAnything(anything)).toBe(true)
    expect(isAnything({ ...anything, text: ' ' })).toBe(true)
    expect(isAnything({ ...anything, peer: 'K7QDM3X' })).toBe(false)
    expect(queryOf(anything, 0)).toEqual({})
  })

  it('is what the node takes', () => {
    const query = queryOf({ kind: 'members', outcome: 'refused', peer: 'K7QDM3X', text: ' mia ', period: 'hour' }, 3_600_001)
    expect(query).toEqual({ action: 'member.', outcome: 'refused', peer: 'K7QDM3X', text: 'mia', since: 1 })
    expect(calls['audit.list'].input.safeParse(query).success).toBe(true)
  })

  it('finds a kind by the first word of its actions', () => {
    expect(Object.values(kinds).every((beginning) => /^[a-z]+\.$/u.test(beginning))).toBe(true)
  })
})
