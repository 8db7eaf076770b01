import { describe, expect, it } from 'vitest'
import { leftText, momentText, untilText } from '../../../../electron/agent/support/until-text.ts'

const local = (text: string) => Date.parse(text)
const now = local('2026-11-22T09:41')
const minute = 60_000

describe('when something ends', () => {
  it.each([
    ['2026-11-22T10:30', '10:30'],
    ['2026-11-22T06:05', '6:05'],
    ['2026-11-23T06:00', 'tomorrow at 6:00'],
    ['2026-11-24T22:00', 'Tuesday at 22:00'],
    ['2026-12-03T22:00', 'December 3 at 22:00'],
  ])('%s is “%s”', (time, text) => {
    expect(momentText(local(time), now)).toBe(text)
  })

  it.each([
    [1, '1 min'],
    [49 * minute - 1, '49 min'],
    [59 * minute + 1, '1 h'],
    [90 * minute, '1 h 30 min'],
    [600 * minute, '10 h'],
    [1_219 * minute, '21 h'],
    [-5, '1 min'],
  ])('%d ms are “%s”: never less than there is', (ms, text) => {
    expect(leftText(ms)).toBe(text)
  })

  it('both are said, unless nobody knows', () => {
    expect(untilText(local('2026-11-22T10:30'), now)).toBe('until 10:30, 49 min left')
    expect(untilText(null, now)).toBe('until you resume')
  })
})
