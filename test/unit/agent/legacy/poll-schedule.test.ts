import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstPoll, hasten, isOffline, nextPoll, type PollOutcome } from '../../../../electron/agent/legacy/poll-schedule.ts'

const window = 15 * 60_000

/** Requests that a schedule makes within any 15 minutes of two hours, when polls end as `outcomes` say. */
function mostInAWindow(outcomes: PollOutcome[], impatient: boolean): number {
  const requests: number[] = []
  let polling = firstPoll(0)
  for (let step = 0; polling.healthAt < 2 * 60 * 60_000; step++) {
    const now = polling.healthAt
    const details = now >= polling.detailsAt
    requests.push(now, ...(details ? [now, now] : []))
    const outcome = outcomes[step % outcomes.length] ?? { kind: 'failed' }
    polling = nextPoll(polling, outcome.kind === 'ok' ? { kind: 'ok', details } : outcome, now, 0)
    if (impatient) polling = hasten(polling, now)
  }
  return Math.max(...requests.map((from) => requests.filter((at) => at >= from && at < from + window).length))
}

describe('polling an old node', () => {
  it('costs a healthy one 36 of its 100 requests', () => {
    expect(mostInAWindow([{ kind: 'ok', details: true }], false)).toBeLessThanOrEqual(36)
  })

  it('stays under the budget whatever happens, even when it is heard of all the time', () => {
    const outcome = fc.oneof(
      fc.constant<PollOutcome>({ kind: 'ok', details: true }),
      fc.constant<PollOutcome>({ kind: 'failed' }),
      fc.nat(1000).map((seconds): PollOutcome => ({ kind: 'paused', seconds })),
    )
    fc.assert(
      fc.property(fc.array(outcome, { minLength: 1, maxLength: 20 }), fc.boolean(), (outcomes, impatient) => {
        expect(mostInAWindow(outcomes, impatient)).toBeLessThan(95)
      }),
      { numRuns: 50 },
    )
  })

  it('calls it offline at the second failure, and asks ever less often, but every five minutes', () => {
    let polling = firstPoll(0)
    const pauses: number[] = []
    for (let failure = 0; failure < 6; failure++) {
      const now = polling.healthAt
      polling = nextPoll(polling, { kind: 'failed' }, now, 0)
      pauses.push((polling.healthAt - now) / 1000)
      expect(isOffline(polling)).toBe(failure >= 1)
    }
    expect(pauses).toEqual([30, 60, 120, 240, 300, 300])
  })

  it('keeps the pause it is asked for, even when hastened', () => {
    const paused = nextPoll(firstPoll(0), { kind: 'paused', seconds: 900 }, 0, 0)
    expect(hasten(paused, 1000).healthAt).toBe(900_000)
  })
})
