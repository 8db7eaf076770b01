/**
 * Notices that the machine's network has changed, and that the machine slept. Node tells neither, so the list of
 * interfaces is compared every few seconds (some 0.1 ms of work) and the two clocks are held against each other: the
 * wall clock goes on in sleep, the monotonic one and every timer do not.
 */
import type { Startable } from '../components.ts'
import type { Clock } from '../support/clock.ts'
import { createEmitter, type Signal } from '../support/signal.ts'
import { type LocalInterface, localInterfaces, type SystemInterfaces } from './local-interfaces.ts'

/** How often is looked, ms. */
const interval = 5_000
/** A tick that comes this much later than it should means that the machine or the process stood still, ms. */
const stoodStill = 8_000

interface NetworkWatchComponents {
  clock: Clock
  interfaces: () => SystemInterfaces
  /** Name patterns of interfaces to leave out. */
  ignored: () => readonly string[]
  platform: NodeJS.Platform
}

export interface NetworkWatch extends Startable {
  /** As they were when they were last looked at, best first: a few seconds ago, at this moment while nobody looks. */
  current(): LocalInterface[]
  /** An interface or address came or went. */
  readonly changed: Signal<void>
  /** The machine woke after about so many ms; what was connected may be dead. */
  readonly woke: Signal<number>
  /** Looks at once. */
  check(): void
}

export function createNetworkWatch({ clock, interfaces, ignored, platform }: NetworkWatchComponents): NetworkWatch {
  const changed = createEmitter()
  const woke = createEmitter<number>()
  /** What the list follows from; to judge each address costs a hundred times more than to compare them all. */
  const sourceOf = (system: SystemInterfaces) => JSON.stringify([system, ignored()])
  const read = () => {
    const system = interfaces()
    return { source: sourceOf(system), list: localInterfaces(system, { ignored: ignored(), platform }) }
  }
  let known = read()
  let cancel: (() => void) | null = null

  const check = () => {
    if (sourceOf(interfaces()) === known.source) return
    const before = JSON.stringify(known.list)
    known = read()
    if (JSON.stringify(known.list) !== before) changed.emit()
  }

  const tick = () => {
    const before = { wall: clock.now(), steady: clock.monotonic() }
    cancel = clock.after(interval, () => {
      const steady = clock.monotonic() - before.steady
      const late = Math.max(clock.now() - before.wall, steady) - interval
      tick()
      check()
      if (late > stoodStill) woke.emit(late)
    })
  }

  return {
    changed,
    woke,
    check,
    current() {
      if (cancel === null) known = read()
      return known.list
    },
    async start() {
      if (cancel !== null) return
      known = read()
      tick()
    },
    async stop() {
      cancel?.()
      cancel = null
    },
  }
}
