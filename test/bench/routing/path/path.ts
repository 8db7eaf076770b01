/**
 * The whole path with real nodes, program → own node → TLS → peer → service, at light load, beside the same request made
 * directly. Everything on one CPU.
 */
import type { Figure } from '../../figure.ts'
import { median, quantile } from '../../measure.ts'
import { ask } from './ask.ts'
import { startNodePair, type Way } from './node-pair.ts'

/** Requests before anything counts, and per round. */
const count = { warm: 3_000, small: 1_000, events: 100 }
/** What the path may add, ms. */
const bars = { median: 0.3, p99: 3, event: 1 }

type Times = Record<'direct' | 'through', number[]>

export async function path({ rounds }: { rounds: number }): Promise<Figure[]> {
  await using pair = await startNodePair({ pinned: true })
  const ways = { direct: pair.direct, through: pair.through }
  for (const way of Object.values(ways)) await ask(way, '/small', count.warm)
  const small = await interleaved(ways, '/small', count.small, rounds)
  const events = await interleaved(ways, '/event', count.events, rounds)
  return [
    ...beside('routed request', small),
    added('routed request adds, median', small, median, bars.median),
    added('routed request adds, p99', small, p99, bars.p99),
    ...beside('server-sent event under way', events),
    added('first byte of a stream later, median', events, median, bars.event),
  ]
}

async function interleaved(ways: Record<keyof Times, Way>, what: string, each: number, rounds: number): Promise<Times> {
  const times: Times = { direct: [], through: [] }
  for (let round = 0; round < rounds; round++)
    for (const kind of ['direct', 'through'] as const) times[kind].push(...(await ask(ways[kind], what, each)))
  return times
}

const p99 = (values: readonly number[]) => quantile(values, 0.99)

const beside = (what: string, { direct, through }: Times): Figure[] => [
  { what: `${what}, median`, unit: 'ms', values: [median(through)], beside: median(direct), bars: [] },
  { what: `${what}, p99`, unit: 'ms', values: [p99(through)], beside: p99(direct), bars: [] },
]

function added(what: string, { direct, through }: Times, of: (values: readonly number[]) => number, most: number): Figure {
  const value = of(through) - of(direct)
  return { what, unit: 'ms', values: [value], bars: [{ text: `≤ ${most} ms`, holds: value <= most }] }
}
