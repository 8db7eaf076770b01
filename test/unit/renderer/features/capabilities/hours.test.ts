import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sharingHours } from '../../../../../electron/contract/sharing.ts'
import { endsNextDay, fieldTime, isEveryDay, minuteOf, nightly, runsOf } from '../../../../../renderer/features/capabilities/hours.ts'

describe('hours of sharing', () => {
  it('name days that follow each other by the first and the last, from Monday on', () => {
    expect(runsOf([5, 1, 2, 3, 4])).toEqual([{ first: 1, last: 5, length: 5 }])
    expect(runsOf([0, 6, 3])).toEqual([
      { first: 3, last: 3, length: 1 },
      { first: 6, last: 0, length: 2 },
    ])
    expect(runsOf([0, 1])).toEqual([
      { first: 1, last: 1, length: 1 },
      { first: 0, last: 0, length: 1 },
    ])
    expect(runsOf([])).toEqual([])
  })

  it('lose no day', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 6 })), (days) => {
        expect(runsOf(days).reduce((sum, { length }) => sum + length, 0)).toBe(days.length)
        expect(isEveryDay(days)).toBe(days.length === 7)
      }),
    )
  })

  it('end on the next day when they do not end after they begin', () => {
    expect(endsNextDay({ from: 22 * 60, until: 7 * 60 })).toBe(true)
    expect(endsNextDay({ from: 60, until: 60 })).toBe(true)
    expect(endsNextDay({ from: 9 * 60, until: 17 * 60 })).toBe(false)
  })

  it('go to a field for times and back', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1439 }), (minutes) => minuteOf(fieldTime(minutes)) === minutes))
    expect(minuteOf('')).toBeNull()
    expect(minuteOf('24:10')).toBeNull()
  })

  it('are suggested as the contract takes them', () => {
    expect(sharingHours.parse(nightly)).toEqual(nightly)
  })
})
