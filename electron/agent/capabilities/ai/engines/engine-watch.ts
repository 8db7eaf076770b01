import type { EngineModel } from '../../../../contract/ai.ts'
import type { Failure } from '../../../../contract/failure.ts'
import { toFcnError } from '../../../errors.ts'
import { hostOf, portOf, authority } from '../../../support/authority.ts'
import { backOff } from '../../../support/back-off.ts'
import type { Clock } from '../../../support/clock.ts'
import type { DialGuard } from '../../../support/dial-guard.ts'
import type { Random } from '../../../support/random.ts'
import { askEngine } from './ask-engine.ts'
import type { EngineFacts, EnginePlace } from './engine-place.ts'
import type { ModelNotes } from './engine-profile.ts'
import { identify, profileOf } from './identify.ts'

/** What was found at a place at the last look. */
export type EngineState =
  | { state: 'starting' }
  | { state: 'ready'; facts: EngineFacts; models: EngineModel[] }
  /** `facts`: of the engine that was there before; null: there was none. */
  | { state: 'problem'; problem: Failure; facts: EngineFacts | null }

/** Looks at one place again and again, and knows what is there. */
export interface EngineWatch {
  readonly place: EnginePlace
  current(): EngineState
  /** Begins with a look at once. Safe twice. */
  start(): void
  /** Looks now, or waits for the look that is under way. */
  look(): Promise<EngineState>
  /** Something there may be another soon, e.g. a model in memory: looks in a second instead of at the usual time. */
  lookSoon(): void
  /** Resolves when no look is under way any more; nothing changes afterwards. */
  stop(): Promise<void>
}

interface EngineWatchComponents {
  guard: DialGuard
  clock: Clock
  random: Random
  /** The state is another; called after `current` has it. */
  onChange: () => void
}

/** Between two looks at an engine that is well, ms. */
const interval = 30_000
const soon = 1_000
/** At an engine that was given, or was there, and does not answer. */
const retry = { base: 2_000, cap: interval }
/** Looks after which an engine that was found, and is gone, is no longer spoken of: about ten minutes. */
const remembered = 20
/**
 * At a usual place where nothing listens, and once it has been silent for so many looks (ten minutes). There are several such
 * places on every computer: looking every 15 s at all of them takes 0.03 % of a core (`bench -- idle`). Whoever opens a view of
 * models has them looked at in a second.
 */
const knock = 15_000
const calmKnock = 60_000
const calmAfter = 40
/** At a usual place where another program listens: it is not bothered more often. */
const strangerInterval = 600_000

export function createEngineWatch({ guard, clock, random, onChange }: EngineWatchComponents, place: EnginePlace): EngineWatch {
  const notes: ModelNotes = new Map()
  let current: EngineState = { state: 'starting' }
  let running: { abort: AbortController; cancel: () => void; due: number } | null = null
  let looking: Promise<EngineState> | null = null
  let failures = 0

  const ask = async (signal: AbortSignal): Promise<EngineState> => {
    const url = new URL(place.url)
    const [host, port] = [hostOf(url), portOf(url)]
    guard.check(host, port)
    const talk = askEngine(place, { signal, guard })
    const facts = current.state === 'ready' ? current.facts : await identify(talk, authority(host, port))
    return { state: 'ready', facts, models: await profileOf(facts.kind).models(talk, notes) }
  }

  const failed = (thrown: unknown): EngineState => {
    failures++
    const error = toFcnError(thrown)
    // one slow answer is no end: an engine that loads a model, or works hard, has been seen to pause
    if (current.state === 'ready' && error.code === 'timeout' && failures === 1) return current
    const isForgotten = place.origin === 'found' && failures > remembered
    return { state: 'problem', problem: error.toFailure(), facts: current.state === 'starting' || isForgotten ? null : current.facts }
  }

  const put = (next: EngineState) => {
    const isNew = JSON.stringify(comparable(current)) !== JSON.stringify(comparable(next))
    current = next
    if (isNew) onChange()
  }

  const wait = (): number => {
    if (failures === 0) return interval
    const isStranger = current.state === 'problem' && current.facts === null && place.origin === 'found'
    if (!isStranger) return backOff(failures - 1, retry, random)
    if (current.state !== 'problem' || !isRefused(current.problem)) return strangerInterval
    return failures > calmAfter ? calmKnock : knock
  }

  const schedule = (delay: number) => {
    if (running === null) return
    running.cancel()
    running.due = clock.monotonic() + delay
    running.cancel = clock.after(delay, () => void look())
  }

  const round = async (abort: AbortController): Promise<EngineState> => {
    const next = await ask(abort.signal).then(
      (found) => {
        failures = 0
        return found
      },
      (error: unknown) => (abort.signal.aborted ? current : failed(error)),
    )
    if (running?.abort !== abort) return current
    put(next)
    schedule(wait())
    return current
  }

  const look = (): Promise<EngineState> => {
    if (running === null) return Promise.resolve(current)
    looking ??= round(running.abort).finally(() => (looking = null))
    return looking
  }

  return {
    place,
    current: () => current,
    start() {
      if (running !== null) return
      running = { abort: new AbortController(), cancel: () => undefined, due: 0 }
      void look()
    },
    look,
    lookSoon() {
      if (running !== null && looking === null && running.due > clock.monotonic() + soon) schedule(soon)
    },
    async stop() {
      running?.cancel()
      running?.abort.abort()
      running = null
      await looking
    },
  }
}

/** Whether nothing listens there at all. */
const isRefused = ({ details }: Failure): boolean => details?.['reason'] === 'ECONNREFUSED'

const comparable = (state: EngineState) => (state.state === 'starting' ? state : { ...state, facts: { ...state.facts, operations: null } })
