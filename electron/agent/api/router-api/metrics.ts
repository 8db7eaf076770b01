import { performance } from 'node:perf_hooks'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import { Counter, Gauge, Registry } from 'prom-client'
import type { ApiKey, KeyUse, LegacyPeers, Membership, NodeId, RouteLog, SelfDescription } from '../../components.ts'
import { described } from '../../openapi/operation.ts'
import { createErrorHandler } from '../error-handler.ts'
import type { FailedAttempts } from '../failed-attempts.ts'
import type { Logger } from '../../support/logger.ts'
import { createKeyCheck } from './key-check.ts'
import { addRouteMetrics } from './route-metrics.ts'

interface MetricsComponents {
  id: NodeId
  self: () => SelfDescription
  membership: Pick<Membership, 'members'>
  legacyPeers: Pick<LegacyPeers, 'list'>
  routeLog: Pick<RouteLog, 'counters'>
  apiKey: Pick<ApiKey, 'matches'>
  attempts: FailedAttempts
  keyUse: KeyUse
  log: Logger
  startedAt: number
}

export interface Metrics {
  /** Counts the requests of an app by route and status. For the app itself, before its routes. */
  count(app: FastifyInstance, side: 'plain' | 'peer'): void
  /** `GET /metrics` in the Prometheus text format; without a key on this machine, with the API key (or as Bearer) from others. */
  routes: FastifyPluginAsync
}

const description = described({
  id: 'metrics',
  tag: 'Node',
  summary: 'Measurements in the Prometheus text format',
  access: 'keyFromAfar',
  answers: { 200: { text: 'Text exposition format 0.0.4.', content: { media: 'text/plain' } } },
  failure: 'text',
})

export function createMetrics(components: MetricsComponents): Metrics {
  const registry = new Registry()
  const keyCheck = createKeyCheck(components)
  const requests = new Counter({
    name: 'fcn_http_requests_total',
    help: 'Requests answered, by side of the port, method, route pattern and status.',
    labelNames: ['side', 'method', 'route', 'status'] as const,
    registers: [registry],
  })
  addNodeGauges(registry, components)
  addRouteMetrics(registry, components.routeLog)
  addProcessGauges(registry, components.startedAt)

  return {
    count(app, side) {
      app.addHook('onResponse', (request, reply, done) => {
        // the pattern, never the address: addresses are without number and may say too much
        requests.inc({ side, method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode })
        done()
      })
    },
    routes: async (app) => {
      app.setErrorHandler(createErrorHandler(components.log, ({ message }) => ({ error: message })))
      app.get('/metrics', description, async (request, reply) => {
        keyCheck.requireFromAfar(request)
        return reply.type(registry.contentType).send(await registry.metrics())
      })
    },
  }
}

function addNodeGauges(registry: Registry, { id, self, membership, legacyPeers }: MetricsComponents): void {
  void new Gauge({
    name: 'fcn_node_info',
    help: 'This node; always 1.',
    labelNames: ['id', 'name', 'version', 'os'] as const,
    registers: [registry],
    collect() {
      const { name, version, os } = self()
      this.reset()
      this.set({ id, name, version, os }, 1)
    },
  })
  void new Gauge({
    name: 'fcn_peers',
    help: 'Peers by kind and state.',
    labelNames: ['kind', 'state'] as const,
    registers: [registry],
    collect() {
      this.reset()
      const members = new Map(membership.members().map((member) => [member.nodeId, member.state]))
      for (const state of members.values()) this.inc({ kind: 'node', state })
      for (const { state } of legacyPeers.list()) this.inc({ kind: 'legacy', state })
    },
  })
}

/** The usual names. Not prom-client's whole default set: its event loop monitor wakes the process a hundred times a second. */
function addProcessGauges(registry: Registry, startedAt: number): void {
  const gauge = (name: string, help: string, read: () => number | Promise<number>) =>
    void new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.set(await read())
      },
    })
  void new Counter({
    name: 'process_cpu_seconds_total',
    help: 'CPU time used, in seconds.',
    registers: [registry],
    collect() {
      const { user, system } = process.cpuUsage()
      this.reset()
      this.inc((user + system) / 1e6)
    },
  })
  gauge('process_resident_memory_bytes', 'Resident memory, in bytes.', () => process.memoryUsage.rss())
  gauge('nodejs_heap_size_used_bytes', 'JavaScript heap in use, in bytes.', () => process.memoryUsage().heapUsed)
  gauge('nodejs_eventloop_lag_seconds', 'How long the event loop was late when it was asked, in seconds.', eventLoopLag)
  let looked = performance.eventLoopUtilization()
  gauge('nodejs_eventloop_utilization_ratio', 'Share of the time since it was last asked in which the event loop worked, 0 to 1.', () => {
    const since = looked
    looked = performance.eventLoopUtilization()
    return performance.eventLoopUtilization(looked, since).utilization
  })
  gauge('process_start_time_seconds', 'Start of the node, in seconds since 1970.', () => startedAt / 1000)
}

/** Measured when somebody asks, with no timer in between: what waits for the loop now waits this long, in seconds. */
async function eventLoopLag(): Promise<number> {
  const asked = performance.now()
  await nextTurn()
  return (performance.now() - asked) / 1_000
}
