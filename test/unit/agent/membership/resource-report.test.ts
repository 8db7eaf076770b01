import { describe, expect, it } from 'vitest'
import { createResourceReport } from '../../../../electron/agent/membership/resource-report.ts'
import type { Resources } from '../../../../electron/contract/resources.ts'

const resources = ({ busy = 0.2, load = 0.3, memory = 500, disk = 500 } = {}): Resources => ({
  cpu: { model: 'x', cores: 4, busy, load },
  memory: { total: 1_000, free: memory },
  disk: { total: 1_000, free: disk },
  gpus: [],
})
const start = 1_000_000

/** One that told the usual at `start`. */
function reported() {
  const report = createResourceReport()
  report.told(resources(), start)
  return report
}

describe('a report of resources', () => {
  it('is due at once when nothing was told yet, and never while nothing has changed', () => {
    expect(createResourceReport().dueAt(resources())).toBe(-Infinity)
    expect(reported().dueAt(resources())).toBeNull()
  })

  it.each([{ busy: 0.45 }, { load: 0.6 }, { memory: 380 }, { disk: 610 }])('is due soon when much has changed: %o', (change) =>
    expect(reported().dueAt(resources(change))).toBe(start + 15_000),
  )

  it('is due soon when a disk or a graphics card has come or gone', () => {
    expect(reported().dueAt({ ...resources(), disk: null })).toBe(start + 15_000)
    expect(reported().dueAt({ ...resources(), gpus: [{ model: 'g', memory: null }] })).toBe(start + 15_000)
  })

  it.each([{ busy: 0.25 }, { load: 0.4 }, { memory: 480 }, { disk: 520 }])('can wait when little has: %o', (change) =>
    expect(reported().dueAt(resources(change))).toBe(start + 120_000),
  )

  it('measures the load of a machine that is far too busy by what it was', () => {
    const report = createResourceReport()
    report.told(resources({ load: 8 }), start)
    expect(report.dueAt(resources({ load: 9 }))).toBe(start + 120_000)
    expect(report.dueAt(resources({ load: 10 }))).toBe(start + 15_000)
  })

  it('becomes rare while much changes all the time, and is quick again after a quiet time', () => {
    const report = reported()
    const pauses: number[] = []
    let now = start
    for (let turn = 0; turn < 6; turn++) {
      const next = resources({ busy: (turn + 1) % 2 })
      const due = report.dueAt(next) ?? Infinity
      pauses.push((due - now) / 1000)
      now = due
      report.told(next, now)
    }
    report.told(resources(), now + 240_000)
    expect(report.dueAt(resources({ busy: 1 }))).toBe(now + 240_000 + 15_000)
    expect(pauses).toEqual([15, 30, 60, 120, 120, 120])
  })
})
