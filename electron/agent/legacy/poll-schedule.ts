/**
 * When an old node is asked next. Such a node allows an address 100 requests per 15 minutes, which its owner's scripts
 * share. A healthy one costs 30 (health) + 3 (info) + 3 (services) = 36 of them.
 */
const healthEvery = 30_000
const detailsEvery = 5 * 60_000
/** After failures the pause doubles up to this. */
const slowest = 5 * 60_000

export interface Polling {
  /** Failed polls in a row. */
  failures: number
  /** When to ask for health next, and when for info and services, on the monotonic clock. */
  healthAt: number
  detailsAt: number
  /** It is not asked before this, whatever happens; 30 s after the last time, or as long as it wanted a pause. */
  notBefore: number
}

export type PollOutcome =
  | { kind: 'ok'; details: boolean }
  | { kind: 'failed' }
  /** It wants a pause (429), of that many seconds. */
  | { kind: 'paused'; seconds: number }

export const firstPoll = (now: number): Polling => ({ failures: 0, healthAt: now, detailsAt: now, notBefore: now })

/** `spread` in [0, 1) moves each poll by up to a tenth, so that a thousand peers are not asked at once. */
export function nextPoll(last: Polling, outcome: PollOutcome, now: number, spread: number): Polling {
  const stretch = 1 + spread / 10
  switch (outcome.kind) {
    case 'ok':
      return {
        failures: 0,
        healthAt: now + healthEvery * stretch,
        detailsAt: outcome.details ? now + detailsEvery * stretch : last.detailsAt,
        notBefore: now + healthEvery,
      }
    case 'failed': {
      const failures = last.failures + 1
      const pause = Math.min(slowest, healthEvery * 2 ** Math.min(failures - 1, 10))
      return { failures, healthAt: now + pause * stretch, detailsAt: last.detailsAt, notBefore: now + healthEvery }
    }
    case 'paused': {
      const until = now + Math.max(healthEvery, outcome.seconds * 1000) * stretch
      return { failures: last.failures, healthAt: until, detailsAt: Math.max(until, last.detailsAt), notBefore: until }
    }
  }
}

/** It has just been heard of: asked as soon as its budget allows. */
export const hasten = (polling: Polling, now: number): Polling => ({
  ...polling,
  healthAt: Math.min(polling.healthAt, Math.max(now, polling.notBefore)),
})

/** Offline only after a second failure: one lost packet is no news. */
export const isOffline = ({ failures }: Polling) => failures >= 2
