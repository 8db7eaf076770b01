import { describe, expect, it } from 'vitest'
import { type Before, pausedBy, type SharingFacts } from '../../../../electron/agent/sharing/paused-by.ts'
import { defaultConditions, type SharingConditions } from '../../../../electron/contract/sharing.ts'

const minute = 60_000
/** Midday of a Sunday, local time. */
const noon = new Date(2026, 10, 22, 12).getTime()
const facts: SharingFacts = {
  now: noon,
  steady: 1_000_000,
  pause: null,
  idleMs: 0,
  onBattery: true,
  freeDisk: 10e9,
  freeMemory: 1e9,
  processor: 90,
}
/** Nothing is known. */
const unknown = { idleMs: null, onBattery: null, freeDisk: null, freeMemory: null, processor: null }
const closed = { from: 22 * 60, until: 6 * 60, days: [0] }

const verdict = (conditions: Partial<SharingConditions>, known: Partial<SharingFacts> = {}, before: Before | null = null) =>
  pausedBy({ ...defaultConditions, ...conditions }, { ...facts, ...known }, before)?.why ?? null

describe('whether a capability is paused', () => {
  it.each<[string, string | null, Partial<SharingConditions>, Partial<SharingFacts>?]>([
    ['without conditions, whatever goes on here', null, {}],
    ['by a person, whatever the conditions say', 'person', { onBattery: false, hours: closed }, { pause: { until: null } }],
    ['outside its hours', 'hours', { hours: closed, onBattery: false }],
    ['on battery', 'battery', { onBattery: false, whileInUse: false }],
    ['on mains', null, { onBattery: false }, { onBattery: false }],
    ['where nobody knows of a battery', null, { onBattery: false }, { onBattery: null }],
    ['in use', 'in_use', { whileInUse: false, keepFreeDisk: 50e9 }],
    ['in use until it is idle long enough', 'in_use', { whileInUse: false }, { idleMs: 5 * minute - 1 }],
    ['idle long enough', null, { whileInUse: false }, { idleMs: 5 * minute }],
    ['idle for less than was asked for', 'in_use', { whileInUse: false, idleMinutes: 10 }, { idleMs: 9 * minute }],
    ['where nobody knows of a person', null, { whileInUse: false }, { idleMs: null }],
    ['with too little disk', 'disk', { keepFreeDisk: 10e9 + 1, keepFreeMemory: 2e9 }],
    ['with just enough disk', null, { keepFreeDisk: 10e9 }],
    ['with too little memory', 'memory', { keepFreeMemory: 2e9, processorBelow: 50 }],
    ['with a busy processor', 'processor', { processorBelow: 89 }],
    ['with a processor at its limit', null, { processorBelow: 90 }],
    [
      'with every condition and no fact',
      null,
      { whileInUse: false, onBattery: false, keepFreeDisk: 1e12, keepFreeMemory: 1e12, processorBelow: 1 },
      unknown,
    ],
  ])('%s: %s', (_when, why, conditions, known) => {
    expect(verdict(conditions, known)).toBe(why)
  })

  it('says when it ends, where that is known', () => {
    const until = noon + 60 * minute
    expect(pausedBy(defaultConditions, { ...facts, pause: { until } }, null)).toEqual({ why: 'person', until })
    const begin = new Date(2026, 10, 22, 22).getTime()
    expect(pausedBy({ ...defaultConditions, hours: closed }, facts, null)).toEqual({ why: 'hours', until: begin })
    expect(pausedBy({ ...defaultConditions, onBattery: false }, facts, null)).toEqual({ why: 'battery', until: null })
  })
})

describe('a capability that was paused for want of a resource', () => {
  const longAgo = (why: Before['why']): Before => ({ why, since: facts.steady - 120_000 })
  const justNow = (why: Before['why']): Before => ({ why, since: facts.steady - 119_999 })

  it.each<[string, Before['why'], Partial<SharingConditions>, Partial<SharingFacts>, Partial<SharingFacts>]>([
    ['disk', 'disk', { keepFreeDisk: 10e9 }, { freeDisk: 10.9e9 }, { freeDisk: 11e9 }],
    ['memory', 'memory', { keepFreeMemory: 1e9 }, { freeMemory: 1.09e9 }, { freeMemory: 1.1e9 }],
    ['processor', 'processor', { processorBelow: 60 }, { processor: 50.1 }, { processor: 50 }],
    ['a small share of the processor', 'processor', { processorBelow: 8 }, { processor: 4.1 }, { processor: 4 }],
  ])('stays so until there is clearly enough: %s', (_what, why, conditions, barely, clearly) => {
    expect(verdict(conditions, barely, longAgo(why))).toBe(why)
    expect(verdict(conditions, barely)).toBeNull()
    expect(verdict(conditions, clearly, longAgo(why))).toBeNull()
    expect(verdict(conditions, clearly, justNow(why))).toBe(why)
  })

  it('is not held when the condition is taken back, or nothing is known any more', () => {
    expect(verdict({}, {}, justNow('disk'))).toBeNull()
    expect(verdict({ processorBelow: 10 }, { processor: null }, justNow('processor'))).toBeNull()
  })
})
