import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { RouteLog } from '../../components.ts'
import type { RouteCounter, RouteDurations } from '../../route-log-components.ts'

const way = ['direction', 'what', 'peer'] as const
const results = ['ok', 'failed', 'cancelled'] as const

/**
 * What was routed, in the Prometheus form. The counting is the route log's, where it costs a request nothing; the
 * metrics are filled when somebody asks for them.
 */
export function addRouteMetrics(registry: Registry, routeLog: Pick<RouteLog, 'counters'>): void {
  const registers = [registry]
  const each = (fill: (counter: RouteCounter, labels: Pick<RouteCounter, (typeof way)[number]>) => void) => {
    for (const counter of routeLog.counters().counters) {
      const { direction, what, peer } = counter
      fill(counter, { direction, what, peer })
    }
  }
  void new Counter({
    name: 'fcn_routed_requests_total',
    help: 'Requests that were routed and have ended, by direction (to a peer, from a peer, local), service or capability, peer and result.',
    labelNames: [...way, 'result'] as const,
    registers,
    collect() {
      this.reset()
      each(({ ended }, labels) => {
        for (const result of results) this.inc({ ...labels, result }, ended[result])
      })
    },
  })
  void new Counter({
    name: 'fcn_routed_bytes_total',
    help: 'Bytes of bodies that were routed, by their part: request or answer.',
    labelNames: [...way, 'part'] as const,
    registers,
    collect() {
      this.reset()
      each(({ bytesIn, bytesOut }, labels) => {
        this.inc({ ...labels, part: 'request' }, bytesIn)
        this.inc({ ...labels, part: 'answer' }, bytesOut)
      })
    },
  })
  void new Counter({
    name: 'fcn_routed_retries_total',
    help: 'Requests that were passed on to this peer after another one could not serve them.',
    labelNames: way,
    registers,
    collect() {
      this.reset()
      each(({ retries }, labels) => this.inc(labels, retries))
    },
  })
  void new Gauge({
    name: 'fcn_routed_requests_in_flight',
    help: 'Requests under way.',
    labelNames: way,
    registers,
    collect() {
      this.reset()
      each(({ underWay }, labels) => this.inc(labels, underWay))
    },
  })
  void new CountedHistogram(
    {
      name: 'fcn_routed_request_duration_seconds',
      help: 'How long routed requests took, from their arrival to the last byte, in seconds.',
      labelNames: ['direction', 'what'] as const,
      registers,
    },
    () => routeLog.counters().durations,
  )
}

type Label = 'direction' | 'what' | 'le'

/** A histogram whose buckets are counted elsewhere; an empty one says what it is. */
class CountedHistogram extends Histogram<Label> {
  readonly #empty: Histogram<Label>
  readonly #read: () => readonly RouteDurations[]

  constructor(configuration: ConstructorParameters<typeof Histogram<Label>>[0], read: () => readonly RouteDurations[]) {
    super(configuration)
    this.#empty = new Histogram({ ...configuration, registers: [] })
    this.#read = read
  }

  override async get(): ReturnType<Histogram<Label>['get']> {
    const described = await this.#empty.get()
    return { ...described, values: this.#read().flatMap((durations) => valuesOf(described.name, durations)) }
  }

  /** The text form is made from this where it is there (prom-client 15), else from `get`. */
  getForPromString(): ReturnType<Histogram<Label>['get']> {
    return this.get()
  }
}

function valuesOf(name: string, { direction, what, buckets, count, sum }: RouteDurations) {
  const labels = { direction, what }
  return [
    ...buckets.map((bucket) => ({ metricName: `${name}_bucket`, labels: { ...labels, le: bucket.seconds }, value: bucket.count })),
    { metricName: `${name}_bucket`, labels: { ...labels, le: '+Inf' }, value: count },
    { metricName: `${name}_sum`, labels, value: sum },
    { metricName: `${name}_count`, labels, value: count },
  ]
}
