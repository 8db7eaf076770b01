import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { swimRules as rules } from '../../../../../../electron/agent/membership/swim/rules.ts'
import { confirmationsWanted, suspicionTimeout } from '../../../../../../electron/agent/membership/swim/state/suspicion-timeout.ts'

const present = fc.integer({ min: 1, max: 10_000 })
const accusers = fc.integer({ min: 0, max: 20 })

describe('the time to refute', () => {
  it('lies between the least and the most', () => {
    fc.assert(
      fc.property(present, accusers, fc.boolean(), (present, accusers, refused) => {
        const least = (refused ? rules.refusedUnit : rules.suspicionUnit) * Math.max(1, Math.log10(present))
        const time = suspicionTimeout({ present, accusers, refused }, rules)
        expect(time).toBeGreaterThanOrEqual(least)
        expect(time).toBeLessThanOrEqual(rules.suspicionSpread * least + 1e-6)
      }),
    )
  })

  it('never grows with another accuser', () => {
    fc.assert(
      fc.property(present, accusers, (present, accusers) => {
        const before = suspicionTimeout({ present, accusers, refused: false }, rules)
        expect(suspicionTimeout({ present, accusers: accusers + 1, refused: false }, rules)).toBeLessThanOrEqual(before + 1e-6)
      }),
    )
  })

  it('is the least when nobody else could confirm', () => {
    expect(suspicionTimeout({ present: 2, accusers: 1, refused: false }, rules)).toBe(rules.suspicionUnit)
    expect(confirmationsWanted(2, rules)).toBe(0)
    expect(confirmationsWanted(1000, rules)).toBe(rules.confirmations)
  })

  it('is the most with one accuser and the least with all that are wanted', () => {
    expect(suspicionTimeout({ present: 10, accusers: 1, refused: false }, rules)).toBe(rules.suspicionUnit * rules.suspicionSpread)
    expect(suspicionTimeout({ present: 10, accusers: 1 + rules.confirmations, refused: false }, rules)).toBe(rules.suspicionUnit)
  })
})
