/**
 * When a hub is asked next, and when its owner should know that it does not work. Pure. One sync is one request; at most one a
 * minute comes from here, and 30 in 15 minutes from people (sync-hubs.ts): old nodes allow an address 100, which the polls
 * (36) and the scripts of its owner share.
 */
import type { ErrorCode } from '../../../contract/error-codes.ts'
import type { SyncEvery } from '../../../contract/hub-sync.ts'

const minute = 60_000
const hour = 60 * minute

const intervals = { '15min': 15 * minute, hour, day: 24 * hour } as const satisfies Record<Exclude<SyncEvery, 'off'>, number>
/** Failing for so long (ms) is worth telling: longer than a reboot or a night's update takes. */
const worrying = { '15min': hour, hour: 6 * hour, day: 48 * hour } as const satisfies Record<Exclude<SyncEvery, 'off'>, number>
/** Only a person can do something about these, so they are told at once. */
const needsPerson: ReadonlySet<ErrorCode> = new Set(['unauthorized', 'not_found', 'refused_address', 'own_address', 'too_large'] as const)

/** What is remembered of a hub's syncs, in ms since 1970, so that it outlives the process. */
export interface SyncHistory {
  every: SyncEvery
  lastTryAt: number | null
  /** Failed tries in a row. */
  failures: number
  failingSince: number | null
}

/**
 * When it is due, ms since 1970; null: not by itself. `spread` in [0, 1) moves it by up to a tenth, so that the nodes of a
 * household do not come together. After failures the pause grows from a minute to the interval, but is never shorter than
 * the hub asked for (`notBefore`).
 */
export function dueAt({ every, lastTryAt, failures }: SyncHistory, { now, notBefore, spread }: DueOptions): number | null {
  if (every === 'off') return null
  const interval = intervals[every]
  const pause = failures === 0 ? interval : Math.min(interval, minute * 2 ** Math.min(failures - 1, 20))
  const due = lastTryAt === null ? now : lastTryAt + pause * (1 + spread / 10)
  // a clock that was set back must not put it off for years
  return Math.max(Math.min(due, now + interval * 1.1), Math.min(notBefore, now + intervals.day))
}

interface DueOptions {
  now: number
  notBefore: number
  spread: number
}

/** Whether a hub has not worked for so long, or in such a way, that its owner should know. */
export function isWorrying({ every, failingSince }: SyncHistory, problem: ErrorCode | null, now: number): boolean {
  if (every === 'off' || problem === null || failingSince === null) return false
  return needsPerson.has(problem) || now - failingSince >= worrying[every]
}
