/** Requests of one caller shared among peers, in virtual time: the same seed gives the same outcomes. */
import { createFakeRandom } from '../../../fakes/fake-random.ts'
import { createEventQueue } from '../../../mesh/event-queue.ts'
import type { Outcome } from './outcomes.ts'
import type { CreatePolicy } from './policy.ts'
import { answerOf, isSlowAt, peers } from './trouble.ts'

interface SimulateOptions {
  seed: number
  /** Length of the run, virtual s. */
  seconds: number
  /** Arrivals per second, at random moments (Poisson). */
  perSecond: number
}

export function simulate(createPolicy: CreatePolicy, { seed, seconds, perSecond }: SimulateOptions): Outcome[] {
  // one for each, so that all policies see the same arrivals
  const random = { arrivals: createFakeRandom(seed), answers: createFakeRandom(seed + 1), policy: createFakeRandom(seed + 2) }
  const events = createEventQueue()
  const policy = createPolicy({ peers, random: random.policy, now: () => events.time })
  const outcomes: Outcome[] = []
  const length = seconds * 1000

  const arrive = () => {
    const began = events.time
    const turn = policy.begin()
    const ask = (last: number) => {
      const peer = turn.next()
      if (peer === null) {
        outcomes.push({ at: began / length, took: events.time - began, status: last })
        return
      }
      const { status, after } = answerOf(peer, isSlowAt(events.time / length), random.answers)
      events.at(events.time + after, () => {
        if (turn.answered(status, after)) ask(status)
        else outcomes.push({ at: began / length, took: events.time - began, status })
      })
    }
    ask(503)
    const pause = (-Math.log(1 - random.arrivals.fraction()) * 1000) / perSecond
    if (began + pause < length) events.at(began + pause, arrive)
  }
  events.at(0, arrive)
  while (events.step(Infinity));
  return outcomes
}
