import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Caller, NodeId, OpenRoute, Refusals, RouteLog } from '../components.ts'
import { FcnError, toFcnError } from '../errors.ts'
import { refuseUpgrade, sendFailure } from '../support/failure-answer.ts'
import type { Logger } from '../support/logger.ts'
import type { Random } from '../support/random.ts'
import type { AnswerForm } from './answer-form.ts'
import { createRequestIds } from './heads.ts'
import { type ExchangeComponents, type ExchangeEnd, HttpExchange } from './http-exchange.ts'
import type { Attempted, Plan, Planner } from './plan.ts'
import { UpgradeExchange } from './upgrade-exchange.ts'
import type { RecentUsers } from './recent-users.ts'
import type { Usage } from './usage.ts'

interface ArrivalsComponents extends ExchangeComponents {
  usage: Usage
  users: Pick<RecentUsers, 'began'>
  routeLog: Pick<RouteLog, 'open'>
  refusals: Pick<Refusals, 'request'>
  random: Random
  log: Logger
}

/** Plans what arrives, starts it, and knows what is under way. */
export interface Arrivals {
  /** `form`: how a caller with a dialect of its own is told that it was refused. */
  request(
    planner: Planner,
    arrival: {
      request: IncomingMessage
      response: ServerResponse
      caller: Caller
      expectsContinue: boolean
      form?: Pick<AnswerForm, 'refuse'>
    },
  ): void
  upgrade(planner: Planner, arrival: { request: IncomingMessage; socket: Duplex; head: Buffer; caller: Caller }): void
  /** Rights may have changed: ends what is under way without one. */
  review(): void
  /** Presence may have changed: what was read before is asked elsewhere, or ended, when the node that works on it is gone. */
  follow(isGone: (node: NodeId) => boolean): void
  open(): void
  /** Refuses what arrives from now on, ends what is under way, and waits for it. */
  close(): Promise<void>
}

/** Either kind of exchange. */
interface Exchange {
  readonly plan: Plan
  readonly bytesIn: number
  readonly bytesOut: number
  start(): void
  abort(reason: FcnError): void
}

const untold: OpenRoute = { sentTo: () => undefined, carriedBy: () => undefined, answered: () => undefined, ended: () => undefined }

const plainForm: Pick<AnswerForm, 'refuse'> = { refuse: sendFailure }

export const notRunning = () => new FcnError('not_running', 'This node is stopping.', { action: 'Try again when it runs.' })

export function createArrivals(components: ArrivalsComponents): Arrivals {
  const { usage, users, routeLog, refusals, random, log } = components
  /** Each with what tells that its user has gone. */
  const underWay = new Map<Exchange, () => void>()
  const requestIdOf = createRequestIds({ random })
  let opened = false
  let emptied: (() => void) | null = null

  /** Plans it; what may not pass, or what nobody can serve, is refused and accounted. */
  const plan = (
    planner: Planner,
    { request, caller, requestId }: { request: IncomingMessage; caller: Caller; requestId: string },
    refuse: (error: FcnError) => void,
  ): Plan | null => {
    const attempted: Attempted = { arrived: null, use: null }
    try {
      if (!opened) throw notRunning()
      return planner(request, caller, attempted)
    } catch (thrown) {
      const error = toFcnError(thrown)
      if (error.code === 'internal') log.error({ error: thrown }, 'A request could not be routed.')
      if (attempted.use === null) refusals.request(caller, request.headers, error.code)
      else usage.refuse(attempted.use, error.code)
      if (attempted.arrived !== null) {
        const route = routeLog.open({ requestId, method: request.method ?? 'GET', ...attempted.arrived })
        route.ended({ bytesIn: 0, bytesOut: 0, code: error.code, cancelled: false })
      }
      refuse(error)
      return null
    }
  }

  const openRoute = ({ arrived }: Plan, requestId: string, method: string): OpenRoute =>
    arrived === null ? untold : routeLog.open({ requestId, method, ...arrived })

  const ended = (exchange: Exchange, { bytesIn, bytesOut, error }: ExchangeEnd) => {
    underWay.get(exchange)?.()
    underWay.delete(exchange)
    const { use } = exchange.plan
    if (error?.code === 'internal') log.error({ error: error.cause ?? error }, 'A request could not be carried.')
    if (use !== null) {
      if (error !== null && refusedHere.has(error.code)) usage.refuse(use, error.code)
      else usage.add(use, { bytesIn, bytesOut })
    }
    if (underWay.size === 0) emptied?.()
  }

  const begin = (exchange: Exchange, route: OpenRoute) => {
    const { use } = exchange.plan
    underWay.set(exchange, use?.wanted.kind === 'capability' ? users.began(use.wanted.capability, use.peer) : () => undefined)
    route.carriedBy(exchange)
    exchange.start()
  }

  return {
    request(planner, { request, response, caller, expectsContinue, form = plainForm }) {
      const requestId = requestIdOf(request.headers)
      const planned = plan(planner, { request, caller, requestId }, (error) => form.refuse(response, error, { requestId, executed: false }))
      if (planned === null) return
      const route = openRoute(planned, requestId, request.method ?? 'GET')
      const arrived = { request, response, requestId, expectsContinue, plan: planned, route }
      const exchange: HttpExchange = new HttpExchange(components, arrived, (end) => ended(exchange, end))
      begin(exchange, route)
    },
    upgrade(planner, { request, socket, head, caller }) {
      const requestId = requestIdOf(request.headers)
      const planned = plan(planner, { request, caller, requestId }, (error) => refuseUpgrade(socket, error, { requestId, executed: false }))
      if (planned === null) return
      const route = openRoute(planned, requestId, request.method ?? 'GET')
      const exchange: UpgradeExchange = new UpgradeExchange(components, { request, socket, head, requestId, plan: planned, route }, (end) =>
        ended(exchange, end),
      )
      begin(exchange, route)
    },
    review() {
      for (const exchange of underWay.keys()) {
        try {
          exchange.plan.check()
        } catch (error) {
          exchange.abort(toFcnError(error))
        }
      }
    },
    follow(isGone) {
      for (const exchange of underWay.keys()) {
        if (!(exchange instanceof HttpExchange) || exchange.plan.read === undefined) continue
        if (exchange.asked !== null && isGone(exchange.asked)) exchange.lose()
      }
    },
    open: () => void (opened = true),
    async close() {
      opened = false
      const empty = new Promise<void>((resolve) => (emptied = resolve))
      for (const exchange of underWay.keys()) exchange.abort(notRunning())
      if (underWay.size > 0) await empty
      emptied = null
    },
  }
}

/** What this node itself refused, after it had been asked. */
const refusedHere: ReadonlySet<string> = new Set(['not_granted', 'not_member', 'not_found', 'capability_off', 'paused', 'busy', 'loop'])
