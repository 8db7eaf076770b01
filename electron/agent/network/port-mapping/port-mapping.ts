/**
 * Asks the router to let the internet reach this node's port, while the user wants that, and takes it back when not: off,
 * stopped, or listening on another port. It is told when the network changes, renews what it has at half its time, and asks
 * a router that does not answer ever more rarely. While it is off nothing runs.
 */
import { isDeepStrictEqual } from 'node:util'
import type { PortMappingView } from '../../../contract/port-mapping.ts'
import type { SettingsStore, Startable } from '../../components.ts'
import { backOff } from '../../support/back-off.ts'
import type { Clock } from '../../support/clock.ts'
import type { Logger } from '../../support/logger.ts'
import type { Random } from '../../support/random.ts'
import { createEmitter, type Signal } from '../../support/signal.ts'
import { createTurns } from '../../support/turns.ts'
import { attemptMapping, type Failure, type Mapping } from './mapping-attempt.ts'

/** Pauses after failures, ms. */
const retryDelays = { base: 15_000, cap: 30 * 60_000 }
/** A mapping is renewed at half its time, but neither more often nor more rarely than this, ms. */
const [shortestRenewal, longestRenewal] = [30_000, 30 * 60_000]
/** A mapping without an end counts as lost when its router is silent for this long, ms. */
const endlessHolds = 60 * 60_000
/** From a change of the network to the look, ms: addresses and routes come one by one. */
const settleTime = 2_000
/** Longest wait for a router that takes a mapping back, ms. */
const takeBackLimit = 3_000

type AttemptComponents = Parameters<typeof attemptMapping>[0]

interface PortMappingComponents extends AttemptComponents {
  clock: Clock
  random: Random
  log: Logger
  settings: Pick<SettingsStore, 'get' | 'changed'>
  network: { changed: Signal<void>; woke: Signal<number> }
}

/** What is known from one attempt to the next. */
interface Keeping {
  held: Mapping | null
  /** When the router has forgotten it, ms of the monotonic clock. */
  until: number
  /** In a row. */
  failures: number
}

/** Owner of the port that the router has mapped to this node. */
export interface PortMapping extends Startable {
  readonly changed: Signal<void>
  readonly failed: Signal<unknown>
  view(): PortMappingView
  /** Where the internet reaches this node; null when nothing is mapped. */
  outside(): { host: string; port: number } | null
}

export function createPortMapping(components: PortMappingComponents): PortMapping {
  const { clock, random, log, settings, network } = components
  const changed = createEmitter()
  const failed = createEmitter<unknown>()
  const inTurn = createTurns()
  let view: PortMappingView = { state: 'off' }
  let isStarted = false
  let run: AbortController | null = null
  let ended: Promise<void> = Promise.resolve()
  let ends: (() => void)[] = []
  /** Set after a change of the network, until that has been looked at. */
  let isStale = false
  let wake = () => {}
  let cancelSettling = () => {}

  function show(next: PortMappingView): void {
    if (isDeepStrictEqual(next, view)) return
    view = next
    changed.emit()
  }

  async function takeBack({ router, port, outside }: Mapping): Promise<void> {
    try {
      await router.unmap({ port, outside }, AbortSignal.timeout(takeBackLimit))
    } catch (error) {
      log.info({ error }, 'the router did not take a port mapping back; it ends by itself') // gone, or another network now
    }
  }

  /** From on to off. */
  async function keep(signal: AbortSignal): Promise<void> {
    const keeping: Keeping = { held: null, until: 0, failures: 0 }
    try {
      while (!signal.aborted) {
        if (isStale) keeping.failures = 0
        isStale = false
        const outcome = await attemptMapping(components, keeping.held, signal)
        await pause(
          'mapping' in outcome ? await hold(keeping, outcome.mapping, signal) : await lack(keeping, outcome.failure, signal),
          signal,
        )
      }
    } catch (error) {
      if (!signal.aborted) throw error
    } finally {
      if (keeping.held !== null) await takeBack(keeping.held)
    }
  }

  /** The router has mapped the port. Answers how long there is nothing to do, ms. */
  async function hold(keeping: Keeping, mapping: Mapping, signal: AbortSignal): Promise<number> {
    const before = keeping.held
    const lasts = mapping.lifetime === null ? endlessHolds : mapping.lifetime * 1_000
    Object.assign(keeping, { held: mapping, until: clock.monotonic() + lasts, failures: 0 } satisfies Keeping)
    if (!signal.aborted) show(mappedView(mapping, clock.now()))
    if (before !== null && !isSame(before, mapping)) await takeBack(before)
    return Math.min(Math.max(lasts / 2, shortestRenewal), longestRenewal)
  }

  /** The router has not. Answers how long to wait, ms. */
  async function lack(keeping: Keeping, failure: Failure, signal: AbortSignal): Promise<number> {
    const delay = backOff(keeping.failures, retryDelays, random)
    keeping.failures += 1
    if (keeping.held !== null && failure.holds && clock.monotonic() < keeping.until) return delay
    if (!signal.aborted) show(failedView(failure, clock.now() + delay))
    const before = keeping.held
    keeping.held = null
    if (before !== null) await takeBack(before)
    return delay
  }

  /** Ends early when the network changes or the signal aborts. */
  function pause(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        cancel()
        signal.removeEventListener('abort', end)
        wake = () => {}
        resolve()
      }
      const cancel = clock.after(isStale ? 0 : ms, end)
      if (signal.aborted) return end()
      signal.addEventListener('abort', end, { once: true })
      wake = end
    })
  }

  function onNetwork(): void {
    cancelSettling()
    if (run === null) return
    cancelSettling = clock.after(settleTime, () => {
      isStale = true
      wake()
    })
  }

  function apply(): void {
    const isWanted = isStarted && settings.get().portMapping
    if (isWanted === (run !== null)) return
    if (isWanted) {
      const { signal } = (run = new AbortController())
      ended = inTurn(() => keep(signal)).catch((error: unknown) => failed.emit(error))
      show({ state: 'asking' })
    } else {
      cancelSettling()
      run?.abort(new Error('Port mapping is off.'))
      run = null
      show({ state: 'off' })
    }
  }

  return {
    changed,
    failed,
    view: () => view,
    outside: () => (view.state === 'mapped' ? { host: view.address, port: view.port } : null),
    async start() {
      if (isStarted) return
      isStarted = true
      ends = [settings.changed.subscribe(apply), network.changed.subscribe(onNetwork), network.woke.subscribe(onNetwork)]
      apply()
    },
    async stop() {
      isStarted = false
      for (const end of ends.splice(0)) end()
      apply()
      await ended
    },
  }
}

/** Whether the second took the place of the first at the router. */
const isSame = (a: Mapping, b: Mapping) =>
  a.port === b.port && a.outside === b.outside && a.route.gateway === b.route.gateway && a.route.own === b.route.own

const mappedView = ({ router, outside, lifetime }: Mapping, now: number): PortMappingView => ({
  state: 'mapped',
  by: router.protocol,
  address: router.address,
  port: outside,
  until: lifetime === null ? null : now + lifetime * 1_000,
})

const failedView = ({ why, detail }: Failure, retryAt: number): PortMappingView => ({ state: 'failed', why, detail, retryAt })
