import { describe, expect, it } from 'vitest'
import { defaultHubLimits } from '../../../../../electron/contract/relay.ts'
import { asTyped, changedHubLimits, nextMonth, wrongLimits } from '../../../../../renderer/features/mesh/relay/relay-form.ts'

const typed = (change: Partial<ReturnType<typeof asTyped>>) => ({ ...asTyped(defaultHubLimits), ...change })

describe('limits of relaying as they are typed', () => {
  it('change nothing until something else is typed', () => {
    expect(changedHubLimits(asTyped(defaultHubLimits), defaultHubLimits)).toBeNull()
    const odd = { members: 3, bytesPerSecond: 1_234_567, bytesPerMonth: 123_456_789_012 }
    expect(changedHubLimits(asTyped(odd), odd)).toBeNull()
  })

  it('send only what is another, speed and data in bytes', () => {
    expect(changedHubLimits(typed({ bytesPerSecond: '2.5', bytesPerMonth: 500 }), defaultHubLimits)).toEqual({
      ...{ bytesPerSecond: 2_500_000, bytesPerMonth: 500_000_000_000 },
    })
    const limited = { members: 8, bytesPerSecond: 5_000_000, bytesPerMonth: null }
    expect(changedHubLimits({ ...asTyped(limited), bytesPerSecond: '' }, limited)).toEqual({ bytesPerSecond: null })
  })

  it.each([
    [{ members: '' }, 'members'],
    [{ members: 0 }, 'members'],
    [{ members: 2_000 }, 'members'],
    [{ members: 1.5 }, 'members'],
    [{ bytesPerSecond: 0.001 }, 'bytesPerSecond'],
    [{ bytesPerMonth: 0 }, 'bytesPerMonth'],
    [{ bytesPerMonth: 'lots' }, 'bytesPerMonth'],
  ])('are not sent while %j', (change, wrong) => {
    expect(wrongLimits(typed(change))).toEqual([wrong])
    expect(changedHubLimits(typed(change), defaultHubLimits)).toBeNull()
  })
})

describe('the next month', () => {
  it('begins on its first day (UTC), also after December', () => {
    expect(nextMonth(Date.UTC(2026, 10, 22, 9))).toBe(Date.UTC(2026, 11, 1))
    expect(nextMonth(Date.UTC(2026, 11, 31, 23, 59))).toBe(Date.UTC(2027, 0, 1))
  })
})
