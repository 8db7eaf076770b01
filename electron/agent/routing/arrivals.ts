import type { IncomingMessage } from 'node:http'
import type { Caller, Refusals } from '../components.ts'
import { FcnError, toFcnError } from '../errors.ts'
import type { Logger } from '../support/logger.ts'
import type { Random } from '../support/random.ts'
import { requestIdOf } from './exchange.ts'
import type { Traffic } from './hop.ts'
import type { Plan, Planner } from './plan.ts'
import type { Usage, Use } from './usage.ts'

/** One exchange as it came in, and how it is carried or refused, which differs between answers and upgrades. */
export interface Arrival {
  request: IncomingMessage
  caller: Caller
  carry: (plan: Plan, exchange: { requestId: string; abort: AbortController }) => Promise<Traffic>
  refuse: (error: FcnError, requestId: string) => void
}

interface Components {
  usage: Usage
  refusals: Pick<Refusals, 'request'>
  random: Random
  log: Logger
}

/** Plans and carries what arrives, and knows what is under way. */
export interface Arrivals {
  take(planner: Planner, arrival: Arrival): void
  /** Rights may have changed: ends what is under way without one. */
  review(): void
  open(): void
  /** Refuses what arrives from now on, ends what is under way, and waits for it. */
  close(): Promise<void>
}

export const notRunning = () => new FcnError('not_running', 'This node is stopping.', { action: 'Try again when it runs.' })

export function createArrivals({ usage, refusals, random, log }: Components): Arrivals {
  const underWay = new Map<AbortController, { done: Promise<void>; plan: Plan | null }>()
  let opened = false

  const handle = async (planner: Planner, arrival: Arrival, abort: AbortController) => {
    const { request, caller } = arrival
    const requestId = requestIdOf(request.headers, random)
    let attempt: Use | null = null
    try {
      if (!opened) throw notRunning()
      const plan = planner(request, caller, (use) => (attempt = use))
      attempt = null
      const entry = underWay.get(abort)
      if (entry) entry.plan = plan
      const traffic = await arrival.carry(plan, { requestId, abort })
      if (plan.use !== null) usage.add(plan.use, traffic)
    } catch (thrown) {
      const error = toFcnError(thrown)
      if (error.code === 'internal') log.error({ error: thrown, requestId }, 'A request could not be routed.')
      if (attempt === null) refusals.request(caller, request.headers, error.code)
      else usage.refuse(attempt, error.code)
      arrival.refuse(error, requestId)
    }
  }

  return {
    take(planner, arrival) {
      const abort = new AbortController()
      const entry: { done: Promise<void>; plan: Plan | null } = { done: Promise.resolve(), plan: null }
      underWay.set(abort, entry) // before it is handled, so that its plan has a place
      entry.done = handle(planner, arrival, abort).finally(() => underWay.delete(abort))
    },
    review() {
      for (const [abort, { plan }] of underWay) {
        if (abort.signal.aborted) continue
        try {
          plan?.check()
        } catch (error) {
          abort.abort(error)
          if (plan?.use) usage.refuse(plan.use, toFcnError(error).code)
        }
      }
    },
    open: () => void (opened = true),
    async close() {
      opened = false
      for (const abort of underWay.keys()) abort.abort(notRunning())
      await Promise.all([...underWay.values()].map(({ done }) => done))
    },
  }
}
