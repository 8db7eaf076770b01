import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { createPauseStore } from '../../../../electron/agent/sharing/pause-store.ts'
import { createSharing } from '../../../../electron/agent/sharing/sharing.ts'
import { createMetaStore, metaSchema } from '../../../../electron/agent/store/meta-store.ts'
import { createEmitter } from '../../../../electron/agent/support/signal.ts'
import type { Resources } from '../../../../electron/contract/resources.ts'
import { defaultConditions, type SharingConditions } from '../../../../electron/contract/sharing.ts'
import { createFakeClock, type FakeClock } from '../../../fakes/fake-clock.ts'
import { createMemoryPresence } from '../../../fakes/memory-sharing.ts'

const [second, minute, hour] = [1_000, 60_000, 3_600_000]
const machine = (busy: number, free = 1e9): Resources => ({
  cpu: { model: 'x', cores: 4, busy, load: busy },
  memory: { total: 8e9, free },
  disk: { total: 100e9, free: 50e9 },
  gpus: [],
})

/** A node as far as pausing goes; `restarted` is the same one at its next start. */
async function openNode({
  clock = createFakeClock(new Date(2026, 10, 22, 9, 41).getTime()),
  database = new DatabaseSync(':memory:'),
}: { clock?: FakeClock; database?: DatabaseSync } = {}) {
  database.exec(metaSchema)
  const presence = createMemoryPresence(clock)
  const [woke, measured] = [createEmitter(), createEmitter()]
  let latest: Resources | null = null
  const resources = { current: () => latest, latest: () => latest, measured, changed: createEmitter() }
  const sharing = createSharing({ clock, store: createPauseStore(createMetaStore(database)), presence, resources, woke })
  await sharing.start()
  let changes = 0
  sharing.changed.subscribe(() => changes++)
  return {
    ...{ sharing, clock, presence, woke },
    measure(next: Resources) {
      latest = next
      measured.emit()
    },
    ai: (conditions: Partial<SharingConditions> = {}) => sharing.follow('ai', { ...defaultConditions, ...conditions }),
    why: () => sharing.pausedFor('ai')?.why ?? null,
    changes: () => changes,
    async restarted() {
      await sharing.stop()
      return openNode({ clock, database })
    },
  }
}

describe('a pause by a person', () => {
  it('stops capabilities and services, and ends by itself', async () => {
    const { sharing, ai, clock, why, changes } = await openNode()
    ai()
    sharing.pause('hour')
    const until = clock.now() + hour
    expect(sharing.view().pause).toEqual({ until, since: clock.now() })
    expect([sharing.pausedFor('ai'), sharing.pausedFor('services')]).toEqual([
      { why: 'person', until },
      { why: 'person', until },
    ])
    await clock.advance(hour - 1)
    expect(why()).toBe('person')
    const before = changes()
    await clock.advance(second)
    expect([why(), sharing.pausedFor('services'), sharing.view().pause]).toEqual([null, null, null])
    expect(changes()).toBe(before + 1)
    expect(clock.pending).toBe(0)
  })

  it('until somebody resumes lasts, and needs no timer', async () => {
    const { sharing, ai, clock, why, changes } = await openNode()
    ai()
    sharing.pause('resumed')
    expect(clock.pending).toBe(0)
    await clock.advance(1_000 * hour)
    expect(why()).toBe('person')
    sharing.resume()
    expect(why()).toBeNull()
    expect(changes()).toBe(2)
    sharing.resume()
    expect(changes()).toBe(2)
  })

  it('is replaced by another one', async () => {
    const { sharing, clock } = await openNode()
    sharing.pause('resumed')
    sharing.pause('hour')
    await clock.advance(hour + second)
    expect(sharing.view().pause).toBeNull()
  })

  it('is there again after a restart, and over when its time has passed meanwhile', async () => {
    const first = await openNode()
    first.sharing.pause('hour')
    await first.clock.advance(30 * minute)
    const second = await first.restarted()
    expect(second.sharing.view().pause).toEqual(first.sharing.view().pause)
    await second.sharing.stop()
    await second.clock.advance(31 * minute)
    const third = await second.restarted()
    expect([third.sharing.view().pause, third.sharing.pausedFor('services')]).toEqual([null, null])
  })

  it('ends on time when the machine has slept, even before any timer notices', async () => {
    const { sharing, ai, clock, why, woke, changes } = await openNode()
    ai()
    sharing.pause('hour')
    clock.setWallClock(clock.now() + 2 * hour) // timers stood still
    expect([why(), sharing.pausedFor('services')]).toEqual([null, null])
    sharing.pause('hour')
    clock.setWallClock(clock.now() + 2 * hour)
    const before = changes()
    woke.emit()
    expect(changes()).toBe(before + 1)
  })

  it('of an hour takes no day when the clock is set back', async () => {
    const { sharing, clock } = await openNode()
    sharing.pause('hour')
    clock.setWallClock(clock.now() - 24 * hour)
    await clock.advance(hour + minute)
    expect(sharing.view().pause).toBeNull()
  })

  it('leaves nothing behind when the node stops', async () => {
    const { sharing, ai, clock, presence } = await openNode()
    ai({ whileInUse: false, onBattery: false, processorBelow: 50 })
    sharing.pause('hour')
    await sharing.stop()
    expect([clock.pending, presence.isWatched]).toEqual([0, false])
  })
})

describe('conditions', () => {
  it('cost nothing while no capability has one', async () => {
    const { ai, sharing, clock, presence } = await openNode()
    ai()
    expect([clock.pending, presence.isWatched]).toEqual([0, false])
    ai({ onBattery: false })
    expect([clock.pending, presence.isWatched]).toEqual([0, true])
    ai({ whileInUse: false })
    expect([clock.pending, presence.isWatched]).toEqual([1, false])
    sharing.follow('ai', null)
    expect([clock.pending, presence.isWatched]).toEqual([0, false])
  })

  it('are judged at once when they change', async () => {
    const { ai, presence, why, changes } = await openNode()
    presence.power(true)
    ai({ onBattery: false })
    expect([why(), changes()]).toEqual(['battery', 1])
    ai()
    expect([why(), changes()]).toEqual([null, 2])
  })

  it('follow the battery', async () => {
    const { ai, presence, why } = await openNode()
    ai({ onBattery: false })
    expect(why()).toBeNull()
    presence.power(true)
    expect(why()).toBe('battery')
    presence.power(false)
    expect(why()).toBeNull()
  })

  it('follow the person: away after five minutes, back within five seconds', async () => {
    const { ai, presence, clock, why } = await openNode()
    presence.touchedAt = clock.monotonic()
    ai({ whileInUse: false })
    expect(why()).toBe('in_use')
    await clock.advance(5 * minute - 1)
    expect(why()).toBe('in_use')
    await clock.advance(second)
    expect(why()).toBeNull()
    await clock.advance(7 * hour)
    expect(why()).toBeNull()
    presence.touchedAt = clock.monotonic()
    await clock.advance(5 * second)
    expect(why()).toBe('in_use')
  })

  it('about a person do not hold where nothing tells of one, and the view says so', async () => {
    const { ai, sharing, clock, why } = await openNode()
    ai({ whileInUse: false })
    await clock.advance(hour)
    expect(why()).toBeNull()
    expect(sharing.view().presence).toMatchObject({ idleMs: null, onBattery: null })
  })

  it('follow the hours, also when the clock is set', async () => {
    const { ai, clock, why, sharing } = await openNode()
    ai({ hours: { from: 22 * 60, until: 6 * 60, days: [0, 1, 2, 3, 4, 5, 6] } })
    const evening = new Date(2026, 10, 22, 22).getTime()
    expect(sharing.pausedFor('ai')).toEqual({ why: 'hours', until: evening })
    await clock.advance(evening - clock.now())
    expect(why()).toBeNull()
    clock.setWallClock(new Date(2026, 10, 23, 12).getTime())
    await clock.advance(minute)
    expect(why()).toBe('hours')
  })

  it('do not flap with the processor: a peak is let pass, and work is taken up again slowly', async () => {
    const { ai, clock, measure, why } = await openNode()
    const load = async (busy: number, seconds: number) => {
      for (let passed = 0; passed < seconds; passed += 5) {
        await clock.advance(5 * second)
        measure(machine(busy))
      }
    }
    measure(machine(0.1))
    ai({ processorBelow: 50 })
    await load(1, 10)
    expect(why()).toBeNull()
    await load(1, 60)
    expect(why()).toBe('processor')
    await load(0.1, 60)
    expect(why()).toBe('processor')
    await load(0.1, 120)
    expect(why()).toBeNull()
  })

  it('are about each capability by itself', async () => {
    const { ai, sharing, measure } = await openNode()
    measure(machine(0.1, 1e9))
    ai({ keepFreeMemory: 2e9 })
    sharing.follow('storage', { ...defaultConditions, keepFreeDisk: 40e9 })
    expect([sharing.pausedFor('ai')?.why, sharing.pausedFor('storage'), sharing.pausedFor('services')]).toEqual(['memory', null, null])
  })

  it('are not looked at while a person has paused everything', async () => {
    const { ai, sharing, clock, presence } = await openNode()
    presence.touchedAt = 0
    ai({ whileInUse: false })
    sharing.pause('resumed')
    expect(clock.pending).toBe(0)
    sharing.resume()
    expect(clock.pending).toBe(1)
  })
})

describe('what is shown', () => {
  it('is coarse, so that a machine at rest has no news', async () => {
    const { sharing, clock, presence, measure } = await openNode()
    presence.touchedAt = 0
    presence.power(false)
    measure(machine(0.18, 3e9))
    await clock.advance(3 * minute + 59 * second)
    expect(sharing.view().presence).toEqual({ idleMs: 3 * minute, onBattery: false, freeDisk: 50e9, freeMemory: 3e9, processor: 20 })
    await clock.advance(100 * hour)
    expect(sharing.view().presence.idleMs).toBe(240 * minute)
  })
})
