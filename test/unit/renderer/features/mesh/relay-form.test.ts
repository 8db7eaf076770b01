import { describe, expect, it } from 'vitest'
import { defaultHubLimits } from '../../../../../electron/contract/relay.ts'
import { nextMonth, relayLimits } from '../../../../../renderer/features/mesh/relay/relay-form.ts'
import { asTyped, changedLimits, problemsOf } from '../../../../../renderer/ui/limits/typed-limits.ts'

type Typed = ReturnType<typeof asTyped<typeof defaultHubLimits>>

const typed = (change: Partial<Typed>): Typed => ({ ...asTyped(relayLimits, defaultHubLimits), ...change })

describe('limits of relaying as they are typed', () => {
  it('change nothing until something else is typed', () => {
    expect(changedLimits(relayLimits, typed({}), defaultHubLimits)).toBeNull()
    const odd = { members: 3, bytesPerSecond: 1_234_567, bytesPerMonth: 123_456_789_012 }
    expect(changedLimits(relayLimits, asTyped(relayLimits, odd), odd)).toBeNull()
  })

  it('send only what is another, speed and data in bytes', () => {
    expect(changedLimits(relayLimits, typed({ bytesPerSecond: '20', bytesPerMonth: 500 }), defaultHubLimits)).toEqual({
      bytesPerSecond: 2_500_000,
      bytesPerMonth: 500_000_000_000,
    })
    const limited = { members: 8, bytesPerSecond: 5_000_000, bytesPerMonth: null }
    expect(changedLimits(relayLimits, { ...asTyped(relayLimits, limited), bytesPerSecond: '' }, limited)).toEqual({ bytesPerSecond: null })
  })

  it.each([
    [{ members: '' }, 'members'],
    [{ members: 0 }, 'members'],
    [{ members: 2_000 }, 'members'],
    [{ members: 1.5 }, 'members'],
    [{ bytesPerSecond: 0.1 }, 'bytesPerSecond'],
    [{ bytesPerMonth: 0 }, 'bytesPerMonth'],
    [{ bytesPerMonth: 'lots' }, 'bytesPerMonth'],
  ])('are not sent while %j', (change, wrong) => {
    expect(problemsOf(relayLimits, typed(change))).toEqual({ [wrong]: 'range' })
    expect(changedLimits(relayLimits, typed(change), defaultHubLimits)).toBeNull()
  })
})

describe('the next month', () => {
  it('begins on its first day (UTC), also after December', () => {
    expect(nextMonth(Date.UTC(2026, 10, 22, 9))).toBe(Date.UTC(2026, 11, 1))
    expect(nextMonth(Date.UTC(2026, 11, 31, 23, 59))).toBe(Date.UTC(2027, 0, 1))
  })
})
