import type { Clock } from '../../../support/clock.ts'
import { FcnError } from '../../../errors.ts'
import type { Line } from '../../../support/line-watch.ts'

interface SilenceWatchComponents {
  clock: Clock
  /** Whether the engine still answers at all. Never rejects. */
  isAlive: () => Promise<boolean>
  /** Follows the line to its machine; null where that is this one, or has a name only. */
  follow: ((onGone: () => void) => Line) | null
  /** It will not answer any more. Called once at most. */
  onLost: (reason: FcnError) => void
}

/** Waits for the words of an engine, and tells one that thinks from one that is gone or hangs. */
export interface SilenceWatch {
  /** It has said something; `begun`: part of the answer. */
  heard(begun: boolean): void
  /** Nobody listens to it for a while, and silence means nothing. */
  hold(on: boolean): void
  stop(): void
}

/** After so much silence the engine is asked whether it is there, ms. */
const doubt = 10_000
/** Longest silence in the middle of an answer, ms: an engine that has begun has all it needs. */
const longestPause = 120_000
/** Longest wait for the first word, ms: a large model may be loaded from a slow disk, and a long prompt read. */
const longestWait = 600_000

export function createSilenceWatch({ clock, isAlive, follow, onLost }: SilenceWatchComponents): SilenceWatch {
  let since = clock.monotonic()
  let hasBegun = false
  let held = false
  let over = false
  let cancel = () => {}

  const lose = (reason: FcnError) => {
    if (over) return
    stop()
    onLost(reason)
  }
  const line = follow?.(() => lose(isGone())) ?? null
  const stop = () => {
    over = true
    cancel()
    line?.leave()
  }

  const ask = async (heardAt: number) => {
    const silence = clock.monotonic() - heardAt
    if (silence >= (hasBegun ? longestPause : longestWait)) lose(hangs())
    // twice: one that works hard may miss a look
    else if (!(await isAlive()) && !(await isAlive()) && heardAt === since) lose(isGone())
    if (!over) wait(doubt)
  }

  // one timer, however many words come: each would cost one otherwise
  const wait = (delay: number) => {
    cancel = clock.after(delay, () => {
      const left = since + doubt - clock.monotonic()
      if (held) wait(doubt)
      else if (left > 0) wait(left)
      else void ask(since)
    })
  }
  wait(doubt)

  return {
    heard(begun) {
      since = clock.monotonic()
      line?.heard()
      hasBegun ||= begun
    },
    hold(on) {
      held = on
      since = clock.monotonic()
    },
    stop,
  }
}

const isGone = () =>
  new FcnError('backend_failed', 'The engine does not answer any more.', { action: 'See on that computer whether the engine still runs.' })

const hangs = () =>
  new FcnError('timeout', 'The engine answers, but has stopped working on the request.', { action: 'Restart the engine on that computer.' })
