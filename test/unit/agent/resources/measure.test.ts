import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cpuBusy, differNoticeably } from '../../../../electron/agent/resources/measure.ts'

describe('how busy the cores are', () => {
  it('is the share of the time between two readings', () => {
    expect(cpuBusy({ busy: 100, total: 1000 }, { busy: 350, total: 2000 })).toBe(0.25)
  })

  it('lies between 0 and 1, whatever the counters do', () => {
    const times = fc.record({ busy: fc.nat(), total: fc.nat() })
    fc.assert(
      fc.property(times, times, (before, after) => {
        expect(cpuBusy(before, after)).toBeGreaterThanOrEqual(0)
        expect(cpuBusy(before, after)).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('a noticeable difference', () => {
  const base = { cpu: { model: 'x', cores: 2, busy: 0.5, load: 0.5 }, memory: { total: 100, free: 50 }, disk: null, gpus: [] }
  it('is none between a reading and itself', () => expect(differNoticeably(base, structuredClone(base))).toBe(false))
  it.each([
    [{ cpu: { ...base.cpu, busy: 0.6 } }, true],
    [{ cpu: { ...base.cpu, busy: 0.52 } }, false],
    [{ memory: { total: 100, free: 48 } }, true],
    [{ disk: { total: 1, free: 1 } }, true],
    [{ gpus: [{ model: 'y', memory: null }] }, true],
  ])('of %j is %s', (change, expected) => expect(differNoticeably(base, { ...base, ...change })).toBe(expected))
})
