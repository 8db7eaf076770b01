import { describe, expect, it } from 'vitest'
import { reportPause } from '../../../../electron/agent/membership/resource-report.ts'
import type { Resources } from '../../../../electron/contract/resources.ts'

const resources = ({ busy = 0.2, load = 0.3, memory = 500, disk = 500 }): Resources => ({
  cpu: { model: 'x', cores: 4, busy, load },
  memory: { total: 1_000, free: memory },
  disk: { total: 1_000, free: disk },
  gpus: [],
})
const told = resources({})

describe('a report of resources', () => {
  it('is never due while nothing has changed', () => expect(reportPause(told, resources({}))).toBeNull())

  it('is due soon when others know nothing yet', () => expect(reportPause(undefined, told)).toBe(15_000))

  it.each([{ busy: 0.45 }, { load: 0.6 }, { memory: 380 }, { disk: 610 }])('is due soon when much has changed: %o', (change) =>
    expect(reportPause(told, resources(change))).toBe(15_000),
  )

  it.each([{ busy: 0.25 }, { load: 0.4 }, { memory: 480 }, { disk: 520 }])('can wait when little has: %o', (change) =>
    expect(reportPause(told, resources(change))).toBe(120_000),
  )

  it('is due soon when a disk or a graphics card has come or gone', () => {
    expect(reportPause(told, { ...told, disk: null })).toBe(15_000)
    expect(reportPause(told, { ...told, gpus: [{ model: 'g', memory: null }] })).toBe(15_000)
  })
})
