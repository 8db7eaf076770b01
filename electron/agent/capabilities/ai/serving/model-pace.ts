/** How models do at their engines: requests under way, time to the first token, tokens per second. In memory only. */
import type { Clock } from '../../../support/clock.ts'

export interface Pace {
  /** Requests under way. */
  busy: number
  /** Smoothed, ms and tokens per second; null before the first request. */
  firstTokenMs: number | null
  tokensPerSecond: number | null
  /** Its engine had no memory for it just now. */
  lacksMemory: boolean
}

/** One request on its way. Call `ended` once, the others at most once before it. */
export interface PacedRequest {
  /** The first token is there; `isWhole`: all of them are, in one document, so that nobody knows when the first was written. */
  began(isWhole: boolean): void
  /** With as many tokens as were written. */
  ended(tokens: number): void
  /** Its engine has no memory for the model. */
  lackedMemory(): void
}

export interface ModelPaces {
  of(engine: string, model: string): Pace
  begin(engine: string, model: string): PacedRequest
}

/** Weight of a new measurement in the smoothed ones. */
const weight = 0.3
/** Fewer tokens tell little of the pace. */
const leastTokens = 8
/** How long a model that did not fit is taken for one that does not, ms. */
const memoryPause = 60_000
/** Models whose pace is kept; those that were used longest ago are forgotten first. */
const most = 500

interface Kept {
  busy: number
  firstTokenMs: number | null
  tokensPerSecond: number | null
  lacksMemoryUntil: number
}

export function createModelPaces({ clock }: { clock: Clock }): ModelPaces {
  const paces = new Map<string, Kept>()

  const used = (key: string): Kept => {
    const kept = paces.get(key) ?? { busy: 0, firstTokenMs: null, tokensPerSecond: null, lacksMemoryUntil: -1 }
    paces.delete(key)
    paces.set(key, kept)
    if (paces.size > most) {
      const oldest = [...paces].find(([, { busy }]) => busy === 0)?.[0]
      if (oldest !== undefined) paces.delete(oldest)
    }
    return kept
  }

  return {
    of(engine, model) {
      const kept = paces.get(keyOf(engine, model))
      if (kept === undefined) return unknown
      const { busy, firstTokenMs, tokensPerSecond, lacksMemoryUntil } = kept
      return { busy, firstTokenMs, tokensPerSecond, lacksMemory: lacksMemoryUntil > clock.monotonic() }
    },
    begin(engine, model) {
      const kept = used(keyOf(engine, model))
      const startedAt = clock.monotonic()
      /** Since when, and how many tokens were there by then; null: no answer yet. */
      let writing: { since: number; before: number } | null = null
      kept.busy++
      return {
        began(isWhole) {
          const now = clock.monotonic()
          writing = isWhole ? { since: startedAt, before: 0 } : { since: now, before: 1 }
          if (!isWhole) kept.firstTokenMs = smoothed(kept.firstTokenMs, now - startedAt)
          kept.lacksMemoryUntil = -1
        },
        lackedMemory: () => void (kept.lacksMemoryUntil = clock.monotonic() + memoryPause),
        ended(tokens) {
          kept.busy--
          if (writing === null || tokens < leastTokens) return
          const took = clock.monotonic() - writing.since
          if (took > 0) kept.tokensPerSecond = smoothed(kept.tokensPerSecond, ((tokens - writing.before) * 1_000) / took)
        },
      }
    },
  }
}

const unknown: Pace = { busy: 0, firstTokenMs: null, tokensPerSecond: null, lacksMemory: false }
const keyOf = (engine: string, model: string) => `${engine} ${model}`
const smoothed = (before: number | null, now: number): number => (before === null ? now : before + weight * (now - before))
