/** What happens to a newer version, step by step. One step at a time; each has a limit and ends with the program. */
import { FcnError, toFcnError } from '../../agent/errors.ts'
import type { Node } from '../../agent/node.ts'
import type { Clock } from '../../agent/support/clock.ts'
import type { Logger } from '../../agent/support/logger.ts'
import type { Random } from '../../agent/support/random.ts'
import { createTurns } from '../../agent/support/turns.ts'
import { unlessAborted } from '../../agent/support/unless-aborted.ts'
import type { UpdateWay } from '../../contract/updates.ts'
import { isUsedByOthers } from '../use-by-others.ts'
import { type Keeper, nowhere } from './progress.ts'
import { afterFailure, isFinal, times, waitsFor } from './update-rules.ts'
import type { UpdateSource } from './update-source.ts'

/** The running program that may be replaced. */
export interface Program {
  node: Pick<Node, 'snapshot' | 'changes' | 'start'>
  log: Logger
  windowIsOpen: () => boolean
  /** Says goodbye and closes the files, within a limit. Never rejects. */
  stopNode: () => Promise<void>
}

interface CourseComponents {
  clock: Clock
  random: Random
  keeper: Keeper
  source: UpdateSource
  program: Program
}

interface CourseOptions {
  way: UpdateWay
  /** The version that runs. */
  version: string
}

export interface Course {
  /** Because a person asked; resolves when it is known whether there is something. Never rejects. */
  look(): Promise<void>
  /** Because a person asked. Throws `invalid_input`, `busy`; what it begins goes on after it has returned. */
  install(): void
  end(): void
}

export function createCourse({ clock, random, keeper, source, program }: CourseComponents, { way, version }: CourseOptions): Course {
  const { node, log } = program
  const ended = new AbortController()
  const inTurn = createTurns()
  const step = (work: () => Promise<void>) =>
    inTurn(async () => ended.signal.aborted || (await work())).catch((error: unknown) =>
      log.error({ err: error }, 'A step of the update broke off.'),
    )
  let lastUse = clock.monotonic()
  let cancelLook = () => {}
  let cancelReview = () => {}

  const automatic = () => node.snapshot().settings.automaticUpdates
  const lookIn = ({ after, spread }: { after: number; spread: number }) => {
    cancelLook()
    cancelLook = clock.after(after + spread * random.fraction(), () => void step(() => look(false)))
  }
  const isUnderWay = () => ['downloading', 'ready', 'installing'].includes(keeper.progress().state)

  async function look(asked: boolean): Promise<void> {
    lookIn(times.nextLook)
    if (isUnderWay() || (!asked && !automatic())) return
    const { state, version: known, waitsFor: wait } = keeper.progress()
    keeper.show({ state: 'looking' })
    const found = await within(times.lookLimit, source.find).catch((error: unknown) => error as Error)
    if (ended.signal.aborted) return
    if (found instanceof Error) {
      log.info({ error: found }, 'Nobody could tell whether there is a newer version.')
      const unanswered = { times: keeper.progress().unanswered.times + 1, problem: found.message }
      return keeper.show({ state, version: known, waitsFor: wait, unanswered })
    }
    keeper.show({ ...nowhere, unanswered: { times: 0, problem: '' }, lookedAt: clock.now() })
    if (found !== null) consider(found.version, asked)
  }

  function consider(next: string, asked: boolean): void {
    if (isFinal(keeper.memory(), next)) return keeper.show({ state: 'failed', version: next })
    if (way !== 'itself') return keeper.show({ state: 'available', version: next })
    if (!asked && node.snapshot().node.metered) return keeper.show({ state: 'available', version: next, waitsFor: 'metered' })
    keeper.show({ state: 'downloading', version: next, percent: 0 })
    void step(() => fetch(next))
  }

  async function fetch(next: string): Promise<void> {
    const onPercent = (percent: number) => {
      const whole = Math.max(0, Math.min(100, Math.floor(percent)))
      const { state, percent: shown } = keeper.progress()
      if (state === 'downloading' && whole !== shown) keeper.show({ percent: whole })
    }
    try {
      await within(times.downloadLimit, (signal) => source.download(onPercent, signal))
    } catch (error) {
      return ended.signal.aborted ? undefined : failed(next, error)
    }
    log.info({ version: next }, 'A newer version is here and waits for a quiet moment.')
    keeper.show({ state: 'ready', percent: null })
    review()
  }

  async function failed(next: string, thrown: unknown): Promise<void> {
    log.warn({ error: thrown, version: next }, 'The update has failed; this version runs on.')
    const problem = thrown instanceof Error ? thrown.message : String(thrown)
    await remember(afterFailure(keeper.memory(), next, problem))
    keeper.show(isFinal(keeper.memory(), next) ? { ...nowhere, state: 'failed', version: next } : nowhere)
    lookIn(times.retry)
  }

  /** What cannot be written counts for this run only. */
  const remember = (memory: ReturnType<Keeper['memory']>) =>
    keeper.remember(memory).catch((error: unknown) => log.warn({ error }, 'How the update went could not be noted.'))

  function waits(asked: boolean) {
    const inUse = isUsedByOthers(node.snapshot())
    if (inUse) lastUse = clock.monotonic()
    return waitsFor({ asked, automatic: automatic(), inUse, windowOpen: program.windowIsOpen(), quietFor: clock.monotonic() - lastUse })
  }

  function review(): void {
    cancelReview()
    if (keeper.progress().state !== 'ready') return
    const wait = waits(false)
    if (wait !== keeper.progress().waitsFor) keeper.show({ waitsFor: wait })
    if (wait === null) void step(() => replace())
    else cancelReview = clock.after(times.review, review)
  }

  async function replace(): Promise<void> {
    const { state, version: next } = keeper.progress()
    if (state !== 'ready' || next === null) return
    keeper.show({ state: 'installing', waitsFor: null })
    try {
      await keeper.remember({ ...keeper.memory(), begun: { from: version, to: next, windowOpen: program.windowIsOpen() } })
      log.info({ from: version, to: next }, 'The node stops, and the newer version is installed.')
      await program.stopNode()
      await source.install()
    } catch (error) {
      // first the node: who waits for this one must not wait for what follows
      await node.start().catch((cause: unknown) => log.error({ err: toFcnError(cause) }, 'The node could not be started again.'))
      await failed(next, error)
    }
  }

  /** Ends with the answer, with the limit (ms), or with the program. */
  async function within<T>(limit: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const late = new AbortController()
    const cancel = clock.after(limit, () => late.abort(new Error(`There was no end to it within ${limit / 60_000} minutes.`)))
    const signal = AbortSignal.any([late.signal, ended.signal])
    try {
      return await unlessAborted(work(signal), signal)
    } finally {
      cancel()
    }
  }

  let wanted = automatic()
  const unsubscribe = node.changes.subscribe(() => {
    if (keeper.progress().state === 'installing' || automatic() === wanted) return
    wanted = !wanted
    if (wanted) lookIn(times.firstLook)
    review()
  })
  void step(() => remember(keeper.memory()))
  lookIn(times.firstLook)

  return {
    look: async () => void (isUnderWay() || (await step(() => look(true)))),
    install() {
      if (keeper.progress().state !== 'ready')
        throw new FcnError('invalid_input', 'No newer version is ready to be installed.', { action: 'Look for one.' })
      if (waits(true) !== null)
        throw new FcnError('busy', 'Peers use this node now.', { action: 'Wait until they have finished, or pause sharing first.' })
      clock.after(0, () => void step(() => replace()))
    },
    end() {
      ended.abort(new Error('The program ends.'))
      unsubscribe()
      cancelLook()
      cancelReview()
    },
  }
}
