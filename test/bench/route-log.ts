import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { Counter, Histogram, Registry } from 'prom-client'
import { createRouteLog } from '../../electron/agent/route-log/route-log.ts'
import { routesSchema } from '../../electron/agent/route-log/route-table.ts'
import { openDatabase } from '../../electron/agent/store/database.ts'
import { createLogger } from '../../electron/agent/support/logger.ts'
import { settings } from '../../electron/contract/settings.ts'
import { createFakeClock } from '../fakes/fake-clock.ts'
import { createMemoryServices } from '../fakes/memory-services.ts'
import { median, type Row } from './measure.ts'

const rounds = 7
const requests = 100_000
/** Rows of the fullest turn. */
const batch = 200

/** What the log of routed requests costs: a request as it passes, and the turn that writes them, on a real disk. */
export async function routeLog(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'fcn-bench-'))
  const database = openDatabase(join(folder, 'node.db'), [`${routesSchema} CREATE TABLE bench (x INTEGER NOT NULL) STRICT;`])
  const clock = createFakeClock()
  const log = createRouteLog({
    clock: { ...clock, now: () => Date.now(), monotonic: () => performance.now() },
    database,
    services: createMemoryServices(),
    settings: { get: () => settings.parse({ name: 'bench' }) },
    log: createLogger('error', pino.destination({ dest: 2, sync: true })),
  })
  await log.start()
  const node = { id: 'K7QDM3X-WPA4HNU-5SYB2RC-TJE6LQZ', name: 'attic', path: 'direct' as const }
  const arrived = { requestId: 'r', from: null, kind: 'capability' as const, what: 'ai', mesh: 'M', method: 'GET' }
  const pass = () => {
    const route = log.open(arrived)
    route.sentTo(node)
    route.answered(200)
    route.ended({ bytesIn: 1, bytesOut: 2, code: null, cancelled: false })
  }
  const observe = usualMetrics()
  const times = { ours: [] as number[], usual: [] as number[], turn: [] as number[], durable: [] as number[] }
  const write = database.prepare('INSERT INTO bench VALUES (?)')
  try {
    for (let round = 0; round <= rounds; round++) {
      times.ours.push(timed(() => repeat(requests, pass)) / requests)
      times.usual.push(timed(() => repeat(requests, observe)) / requests)
      await clock.advance(20_000)
      repeat(batch, pass)
      const started = performance.now()
      await clock.advance(1_000)
      times.turn.push(performance.now() - started)
      times.durable.push(timed(() => write.run(round)))
    }
  } finally {
    await log.stop()
    database.close()
    rmSync(folder, { recursive: true, force: true })
  }
  const middle = (values: readonly number[]) => median(values.slice(1)) // the first warms up
  return [
    {
      ...{ what: 'a request through the log', unit: 'µs', ours: middle(times.ours) * 1_000, reference: middle(times.usual) * 1_000 },
      against: `one inc and one observe of prom-client, medians of ${rounds}`,
    },
    {
      ...{ what: `the turn that writes ${batch} requests`, unit: 'ms', ours: middle(times.turn), reference: middle(times.durable) },
      against: 'one row written durably',
    },
  ]
}

function usualMetrics(): () => void {
  const registers = [new Registry()]
  const labels = { direction: 'to', what: 'capability:ai', peer: 'K7QDM3X-WPA4HNU-5SYB2RC-TJE6LQZ' }
  const labelNames = ['direction', 'what', 'peer'] as const
  const counter = new Counter({ name: 'a', help: 'a', labelNames, registers })
  const histogram = new Histogram({ name: 'b', help: 'b', labelNames, registers })
  return () => {
    counter.inc(labels)
    histogram.observe(labels, 0.1)
  }
}

function timed(task: () => void): number {
  const started = performance.now()
  task()
  return performance.now() - started
}

function repeat(times: number, task: () => void): void {
  for (let done = 0; done < times; done++) task()
}
