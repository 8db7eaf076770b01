import { describe, expect, it } from 'vitest'
import { resources } from '../../../../electron/contract/resources.ts'
import { type Machine, thisMachine } from '../../../../electron/agent/resources/machine.ts'
import { createResourceMeter } from '../../../../electron/agent/resources/resource-meter.ts'
import type { Logger } from '../../../../electron/agent/support/logger.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'

const log: Logger = { error() {}, warn() {}, info() {}, debug() {}, setLevel() {}, part: () => log }

/** A machine with dials. */
function household(overrides: Partial<Machine> = {}) {
  const dials = { busy: 0, total: 0, free: 50, readings: 0 }
  const machine: Machine = {
    cpu() {
      dials.readings++
      return { model: 'Test', cores: 4, times: { busy: dials.busy, total: dials.total }, load: 2 }
    },
    memory: () => ({ total: 100, free: dials.free }),
    disk: async () => ({ total: 1000, free: 500 }),
    gpus: async () => [{ model: 'Card', memory: 8 }],
    ...overrides,
  }
  const clock = createFakeClock()
  const meter = createResourceMeter({ clock, machine, log }, { dataDir: '/data' })
  let changes = 0
  meter.changed.subscribe(() => changes++)
  return { meter, clock, dials, changes: () => changes }
}

describe('the resource meter', () => {
  it('tells what the machine has and how busy it is', async () => {
    const { meter, clock, dials } = household()
    expect(meter.current()).toBeNull()
    await meter.start()
    dials.busy = 3_000
    dials.total = 20_000
    await clock.advance(5_000)
    expect(meter.current()).toEqual({
      cpu: { model: 'Test', cores: 4, busy: 0.15, load: 0.5 },
      memory: { total: 100, free: 50 },
      disk: { total: 1000, free: 500 },
      gpus: [{ model: 'Card', memory: 8 }],
    })
    await meter.stop()
  })

  it('announces only what a person would notice', async () => {
    const { meter, clock, dials, changes } = household()
    await meter.start()
    await clock.advance(10_000)
    const before = changes()
    dials.free = 50.5
    await clock.advance(60_000)
    expect(changes()).toBe(before)
    dials.free = 40
    await clock.advance(20_000)
    expect(changes()).toBe(before + 1)
    dials.free = 30
    await clock.advance(5_000)
    expect(changes()).toBe(before + 2)
    await meter.stop()
  })

  it('tells each measurement to who wants them all', async () => {
    const { meter, clock, dials, changes } = household()
    await meter.start()
    await clock.advance(10_000)
    const seen: unknown[] = []
    meter.measured.subscribe(() => seen.push(meter.latest()?.memory.free))
    const before = changes()
    dials.free = 50.5
    await clock.advance(20_000)
    expect([seen, meter.current()?.memory.free, changes()]).toEqual([[50.5], 50, before])
    await meter.stop()
  })

  it('looks less often while nothing changes, and seldom at the disk', async () => {
    let disks = 0
    const disk = async () => ({ total: 1000, free: 500 - disks++ })
    const { meter, clock, dials } = household({ disk })
    await meter.start()
    await clock.advance(60_000)
    const readings = dials.readings
    await clock.advance(600_000)
    expect(dials.readings - readings).toBeLessThanOrEqual(31) // graphics cards are news once
    expect(disks).toBeLessThanOrEqual(12)
    await meter.stop()
  })

  it('goes on without what the system does not tell, or never answers', async () => {
    const never = new Promise<never>(() => undefined)
    const { meter, clock } = household({ disk: () => Promise.reject(new Error('no')), gpus: () => never })
    await meter.start()
    await clock.advance(30_000)
    expect(meter.current()).toMatchObject({ disk: null, gpus: [] })
    await meter.stop()
  })

  it('rests when stopped, and starts again', async () => {
    const { meter, clock, dials } = household()
    await meter.stop()
    await meter.start()
    await meter.start()
    await meter.stop()
    await meter.stop()
    const readings = dials.readings
    await clock.advance(60_000)
    expect(dials.readings).toBe(readings)
    await meter.start()
    expect(dials.readings).toBe(readings + 1)
    await meter.stop()
  })

  it('reads this machine in the form of the contract', async () => {
    const { model, cores, load } = thisMachine.cpu()
    const measured = { cpu: { model, cores, busy: 0, load }, memory: thisMachine.memory(), disk: await thisMachine.disk('.'), gpus: [] }
    expect(resources.parse(measured)).toEqual(measured)
  })
})
