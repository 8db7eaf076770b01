import { describe, expect, it } from 'vitest'
import { defaultConditions, type SharingConditions } from '../../../../../electron/contract/sharing.ts'
import { amountLimits, amountsFor, differences } from '../../../../../renderer/features/capabilities/conditions.ts'
import { nightly } from '../../../../../renderer/features/capabilities/hours.ts'
import { asTyped, changedLimits, problemsOf } from '../../../../../renderer/ui/limits/typed-limits.ts'
import { capabilityView } from '../../../../fixtures/views.ts'

const chosen = (change: Partial<SharingConditions>): SharingConditions => ({ ...defaultConditions, ...change })
const differing = (change: Partial<SharingConditions>) => differences(capabilityView({ conditions: chosen(change) }))

describe('conditions in the drawer', () => {
  it('take gigabytes and percent, and send bytes and percent', () => {
    const typed = { ...asTyped(amountLimits, defaultConditions), keepFreeDisk: '50', processorBelow: 60, keepFreeMemory: 0.5 }
    expect(changedLimits(amountLimits, typed, defaultConditions)).toEqual({
      keepFreeDisk: 50e9,
      processorBelow: 60,
      keepFreeMemory: 500e6,
    })
    expect(problemsOf(amountLimits, { ...typed, keepFreeDisk: 0, processorBelow: 101 })).toEqual({
      keepFreeDisk: 'range',
      processorBelow: 'range',
    })
  })

  it('offer the amounts that matter, and each that somebody has chosen', () => {
    expect(amountsFor('storage', defaultConditions)).toEqual(['keepFreeDisk'])
    expect(amountsFor('ai', defaultConditions)).toEqual(['processorBelow', 'keepFreeMemory'])
    expect(amountsFor('storage', chosen({ keepFreeMemory: 1e9 }))).toEqual(['keepFreeDisk', 'keepFreeMemory'])
  })

  it('count what is not as usual', () => {
    expect(differing({})).toBe(0)
    expect(differing({ onBattery: false, hours: nightly })).toBe(2)
    expect(differences(capabilityView({ limits: { ...capabilityView().limits, queue: 1 } }))).toBe(1)
  })

  it('count how long is idle only where it matters', () => {
    expect(differing({ idleMinutes: 20 })).toBe(0)
    expect(differing({ idleMinutes: 20, whileInUse: false })).toBe(2)
  })
})
