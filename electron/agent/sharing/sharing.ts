/**
 * Owner of the pause of this node, and of the verdict on the conditions of each capability that is on. It says whether
 * peers get a thing now; routing refuses them, and what this machine asks of itself is never asked here. Nothing wakes
 * for it unless there is a pause, or a capability with a condition.
 */
import type { CapabilityName } from '../../contract/capability.ts'
import type { PausedView, SharingConditions } from '../../contract/sharing.ts'
import type { Presence, ResourceMeter, Sharing } from '../components.ts'
import type { Clock } from '../support/clock.ts'
import { createEmitter, type Signal } from '../support/signal.ts'
import { createLoadAverage } from './load-average.ts'
import { nextLook } from './next-look.ts'
import { endOfPause } from './pause-end.ts'
import { type Before, pausedBy, type SharingFacts } from './paused-by.ts'
import type { Pause, PauseStore } from './pause-store.ts'
import { sharingView } from './sharing-view.ts'
import { watchedBy } from './watched.ts'

interface SharingComponents {
  clock: Clock
  store: PauseStore
  presence: Presence
  resources: Pick<ResourceMeter, 'current' | 'latest' | 'measured'>
  /** The machine has slept: the wall clock went on, timers did not. */
  woke: Signal<unknown>
}

/** A capability that is on. */
interface Followed {
  conditions: SharingConditions
  paused: PausedView | null
  before: Before | null
}

export function createSharing({ clock, store, presence, resources, woke }: SharingComponents): Sharing {
  const changed = createEmitter()
  const followed = new Map<CapabilityName, Followed>()
  const load = createLoadAverage()
  let pause: (Pause & { endsBy: number | null }) | null = null
  let running = false
  let cancelLook = () => undefined as void
  let listening: { key: string; ends: (() => void)[] } = { key: '', ends: [] }

  const take = (next: Pause | null) => {
    // also by the monotonic clock: a wall clock that is set back does not make an hour a day
    const endsBy = ({ until }: Pause) => (until === null ? null : clock.monotonic() + Math.max(0, until - clock.now()))
    pause = next && { ...next, endsBy: endsBy(next) }
  }
  take(store.get())

  const isOver = ({ until, endsBy }: NonNullable<typeof pause>) =>
    until !== null && (clock.now() >= until || (endsBy !== null && clock.monotonic() >= endsBy))

  const facts = (machine = resources.latest()): SharingFacts => {
    return {
      now: clock.now(),
      steady: clock.monotonic(),
      pause,
      idleMs: presence.idleMs(),
      onBattery: presence.onBattery(),
      freeDisk: machine?.disk?.free ?? null,
      freeMemory: machine?.memory.free ?? null,
      processor: load.percent(),
    }
  }

  /** Judges anew; announces what is different, and looks again when something may be. */
  const review = ({ always = false } = {}) => {
    let isNews = always
    if (pause !== null && isOver(pause)) {
      pause = null // what is kept is over by its own time
      isNews = true
    }
    const conditions = [...followed.values()].map((one) => one.conditions)
    if (running) listen(watchedBy(conditions))
    const known = facts()
    for (const one of followed.values()) {
      const paused = pausedBy(one.conditions, known, one.before)
      if (paused?.why !== one.before?.why) one.before = paused && { why: paused.why, since: known.steady }
      if (JSON.stringify(paused) !== JSON.stringify(one.paused)) isNews = true
      one.paused = paused
    }
    lookAgain(conditions, known)
    if (isNews) changed.emit()
  }

  const lookAgain = (conditions: readonly SharingConditions[], known: SharingFacts) => {
    cancelLook()
    cancelLook = () => undefined
    if (!running) return
    const delay = nextLook(conditions, known)
    if (delay !== null) cancelLook = clock.after(delay, review)
  }

  /** Hears of battery and resources only while a condition is about them. */
  const listen = ({ battery, resources: machine }: ReturnType<typeof watchedBy>) => {
    const key = `${battery} ${machine}`
    if (key === listening.key) return
    for (const end of listening.ends) end()
    listening = {
      key,
      ends: [
        ...(battery ? [presence.changed.subscribe(() => review())] : []),
        ...(machine ? [resources.measured.subscribe(measured)] : []),
      ],
    }
    if (machine) average()
    else load.forget()
  }

  const average = () => {
    const now = resources.latest()
    if (now !== null) load.add(now.cpu.busy, clock.monotonic())
  }

  function measured(): void {
    average()
    review()
  }

  const set = (next: Pause | null) => {
    store.save(next)
    take(next)
    review({ always: true })
  }

  let endWoke = () => {}
  return {
    changed,
    view() {
      // what was told last, not what was measured last: a face wants news, not numbers
      const told = resources.current()
      return sharingView(facts(told), pause, told?.cpu.busy ?? null)
    },
    pause: (length) => set({ until: endOfPause(length, clock.now()), since: clock.now() }),
    resume() {
      if (pause !== null) set(null)
    },
    follow(capability, conditions) {
      if (conditions === null) followed.delete(capability)
      else followed.set(capability, { ...(followed.get(capability) ?? { paused: null, before: null }), conditions })
      review()
    },
    pausedFor(shared) {
      const verdict = () => {
        if (shared !== 'services') return followed.get(shared)?.paused ?? null
        return pause === null ? null : ({ why: 'person', until: pause.until } as const)
      }
      const paused = verdict()
      if (paused === null || paused.until === null || clock.now() < paused.until) return paused
      review() // its end has come, and the timer is late: the machine may have slept
      return verdict()
    },
    async start() {
      if (running) return
      running = true
      endWoke = woke.subscribe(() => review())
      review()
    },
    async stop() {
      running = false
      endWoke()
      cancelLook()
      for (const end of listening.ends) end()
      listening = { key: '', ends: [] }
    },
  }
}
