import type { FcnError } from '../errors.ts'
import type { LegacyPeer } from './legacy-peer.ts'
import type { PollResult } from './legacy-poll.ts'
import { nextPoll, type PollOutcome } from './poll-schedule.ts'

/** The moment of a poll: wall clock, monotonic clock (ms), and the spread of the next one. */
interface Moment {
  now: number
  monotonic: number
  spread: number
}

/** The peer after a poll, whatever came of it. */
export function afterPoll(peer: LegacyPeer, result: PollResult, moment: Moment): LegacyPeer {
  return result.ok ? afterAnswer(peer, result, moment) : afterFailure(peer, result.error, moment)
}

function afterAnswer(
  peer: LegacyPeer,
  { latencyMs, details, pause }: PollResult & { ok: true },
  { now, monotonic, spread }: Moment,
): LegacyPeer {
  const outcome: PollOutcome = pause === null ? { kind: 'ok', details: details !== null } : pauseOf(pause)
  const answered: LegacyPeer = {
    ...peer,
    record: { ...peer.record, lastSeen: now },
    polling: { ...nextPoll(peer.polling, outcome, monotonic, spread), failures: 0 },
    answered: true,
    latencyMs: Math.round(latencyMs),
    lastOk: now,
    lastError: null,
  }
  if (details === null) return answered
  const tried = details.wellKnownKey !== 'not tried'
  return {
    ...answered,
    record: tried ? { ...answered.record, openToAnyone: details.wellKnownKey === 'accepted' } : answered.record,
    wellKnownKeyTriedAt: tried ? monotonic : peer.wellKnownKeyTriedAt,
    problem: details.problem,
    version: details.info?.version ?? peer.version,
    services: details.services ?? peer.services,
  }
}

function afterFailure(peer: LegacyPeer, error: FcnError, { now, monotonic, spread }: Moment): LegacyPeer {
  const outcome: PollOutcome = error.code === 'too_many' ? pauseOf(error) : { kind: 'failed' }
  return { ...peer, polling: nextPoll(peer.polling, outcome, monotonic, spread), lastError: { ...error.toFailure(), at: now } }
}

function pauseOf(error: FcnError): PollOutcome {
  const seconds = error.details?.['retryAfter']
  return { kind: 'paused', seconds: typeof seconds === 'number' ? seconds : 60 }
}
