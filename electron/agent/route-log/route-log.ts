/**
 * What was routed: the latest requests, who is busy with whom, and the counters behind `/metrics`. The router tells of
 * each request as it passes (a few field writes); a turn at most once a second does everything else: rates, rows for the
 * disk, and the word that something is new. At rest there is no timer. What a request was for is never told here beyond
 * the name of the service or capability.
 */
import type { DatabaseSync } from 'node:sqlite'
import type { RateView, RoutedView, RouteQuery, RouteView } from '../../contract/routing.ts'
import type { ArrivedRequest, RouteLog, Services, SettingsStore } from '../components.ts'
import type { RouteDirection } from '../route-log-components.ts'
import type { Clock } from '../support/clock.ts'
import type { Logger } from '../support/logger.ts'
import { createEmitter } from '../support/signal.ts'
import { createCounters } from './counters.ts'
import { createKeeping } from './keeping.ts'
import { createLanes } from './lanes.ts'
import { idOf, seqOf, seqOfId } from './route-id.ts'
import { matches } from './route-match.ts'
import { createRouteTable, type Numbered } from './route-table.ts'
import { type Ledger, RoutedRequest } from './routed-request.ts'
import { createTrafficHistory } from './traffic-history.ts'

/** The latest requests, in memory whatever becomes of them. */
const latest = 500
/** What happens after a rest is told this soon, ms … */
const firstTurn = 200
/** … then this often while something moves, */
const turn = 1_000
/** and this often while requests are under way on which nothing moved for a whole window. */
const slowTurn = 10_000

interface Components {
  clock: Clock
  database: DatabaseSync
  services: Pick<Services, 'get' | 'list'>
  settings: Pick<SettingsStore, 'get'>
  log: Logger
}

export function createRouteLog({ clock, database, services, settings, log }: Components): RouteLog {
  const changed = createEmitter()
  const counters = createCounters()
  const lanes = createLanes({ counters, ownService: (reference) => ownService(services, reference) })
  const traffic = createTrafficHistory({ clock })
  const table = createRouteTable(database, { idOf })
  const keeping = createKeeping({ table, clock, settings, log })
  const running = new Set<RoutedRequest>()
  const ring: RoutedRequest[] = []
  let run = 0
  let count = 0
  let said: RoutedView = { revision: 0, running: 0 }
  let rates: RateView[] = []
  let fresh = false // something happened since the last turn
  let started = false
  let turnedAt = 0
  let due: { cancel: () => void; slow: boolean } | null = null

  const wake = () => {
    fresh = true
    if (!started || (due !== null && !due.slow)) return
    if (due === null) turnedAt = clock.monotonic()
    due?.cancel()
    due = { cancel: clock.after(firstTurn, onTurn), slow: false }
  }

  const ledger: Ledger = {
    monotonic: () => clock.monotonic(),
    laneOf: ({ from, kind, what }, asked) => {
      const direction: RouteDirection = from !== null ? 'from' : asked?.path === 'local' ? 'local' : 'to'
      return lanes.lane(direction, from ?? (direction === 'to' ? asked : null), kind, what)
    },
    moved(request) {
      if (request.result !== 'running' && running.delete(request)) keeping.add(request)
      wake()
    },
    carried({ direction, peer }, mesh, bytesIn, bytesOut) {
      if (peer === null || direction === 'local') return // it stayed on this machine
      if (direction === 'from') traffic.count(mesh, bytesIn, bytesOut)
      else traffic.count(mesh, bytesOut, bytesIn)
    },
  }

  const onTurn = () => {
    due = null
    const before = said
    const now = clock.monotonic()
    for (const request of running) fresh = request.sample() || fresh
    traffic.turn()
    const wasMoving = lanes.moving()
    lanes.turn(Math.round((now - turnedAt) / turn))
    turnedAt = now
    if (fresh) said = { revision: said.revision + 1, running: running.size }
    fresh = false
    rates = lanes.rates()
    keeping.write()
    if (lanes.moving()) due = { cancel: clock.after(turn, onTurn), slow: false }
    else if (running.size > 0) due = { cancel: clock.after(slowTurn, onTurn), slow: true }
    if (wasMoving || lanes.moving() || said !== before) changed.emit()
  }

  /** Everything that may not be on disk yet, newest first. */
  const inMemory = (): Numbered[] => {
    const requests = new Set([...ring, ...running, ...keeping.waiting()])
    return [...requests].map((request) => ({ seq: request.seq, view: request.view(idOf(request.seq)) })).toSorted((a, b) => b.seq - a.seq)
  }

  return {
    changed,
    async start() {
      if (started) return
      run = table.nextRun()
      keeping.start()
      started = true
      if (running.size > 0) wake()
    },
    async stop() {
      if (!started) return
      started = false
      due?.cancel()
      due = null
      for (const request of running) request.ended({ bytesIn: 0, bytesOut: 0, code: 'not_running', cancelled: false })
      keeping.write()
    },
    open(arrived: ArrivedRequest) {
      const request = new RoutedRequest(ledger, seqOf(run, count), clock.now(), arrived)
      ring[count % latest] = request
      count += 1
      running.add(request)
      wake()
      return request
    },
    list: (query) => listed(query, inMemory(), (below) => table.select(query, below, query.limit)),
    rates: () => rates,
    traffic: traffic.read,
    state: () => said,
    counters: counters.read,
  }
}

/** Programs and peers say its id mostly, and programs also its name. */
function ownService(services: Components['services'], reference: string): string | null {
  const found = services.get(reference) ?? services.list().find(({ name }) => name.toLowerCase() === reference.toLowerCase())
  return found?.id ?? null
}

/** Both in one, newest first, each once; memory is right about what is in both. */
function listed(query: RouteQuery, inMemory: readonly Numbered[], onDisk: (below: number) => Numbered[]): RouteView[] {
  const below = query.before === undefined ? Number.MAX_SAFE_INTEGER : seqOfId(query.before)
  const fitting = inMemory.filter(({ seq, view }) => seq < below && matches(view, query)).slice(0, query.limit)
  const both = new Map([...onDisk(below), ...fitting].map((entry) => [entry.seq, entry]))
  return [...both.values()]
    .toSorted((a, b) => b.seq - a.seq)
    .slice(0, query.limit)
    .map(({ view }) => view)
}
