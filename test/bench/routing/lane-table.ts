/** Measures lanes round by round, one after the other, and prints them side by side. */
import { median, printCells, processUse } from '../measure.ts'
import type { Lane } from './lanes.ts'

/** What was measured of one lane in one round; absent: does not apply. Times in µs. */
export interface Sample {
  /** Requests or MiB per second. */
  perSecond: number
  median?: number
  p99?: number
  /** CPU time of the proxy per request or MiB. */
  processor?: number
  /** How far its memory grew, MiB. */
  growth?: number
}

export interface Case {
  name: string
  unit: 'req/s' | 'MiB/s'
  measure: (lane: Lane) => Promise<Sample>
}

/** The median of all rounds of each case and lane; of `growth` the most. */
export type Measured = (name: string, lane: Lane['name']) => Required<Sample>

/** Measures each lane once per round and case; prints a table. */
export async function measureLanes(lanes: readonly Lane[], cases: readonly Case[], rounds: number): Promise<Measured> {
  const results = new Map<string, Required<Sample>>()
  const measured: Measured = (name, lane) => {
    const sample = results.get(`${name} ${lane}`)
    if (!sample) throw new Error(`${name} was not measured through ${lane}.`)
    return sample
  }
  for (const { name, measure } of cases) {
    process.stdout.write(`${name} …\n`)
    const samples = lanes.map((lane) => ({ lane, all: [] as Sample[] }))
    for (let round = 0; round < rounds; round++) for (const { lane, all } of samples) all.push(await measure(lane))
    for (const { lane, all } of samples) results.set(`${name} ${lane.name}`, combined(all))
  }
  printLanes(lanes, cases, measured)
  return measured
}

/** Seconds of CPU that the process uses from now until it is asked. */
export function watchProcessor(pid: number | null): () => number {
  if (pid === null) return () => Number.NaN
  const before = processUse(pid).cpu
  return () => processUse(pid).cpu - before
}

function combined(all: readonly Sample[]): Required<Sample> {
  const valuesOf = (field: keyof Sample) => all.map((sample) => sample[field] ?? Number.NaN)
  return {
    perSecond: median(valuesOf('perSecond')),
    median: median(valuesOf('median')),
    p99: median(valuesOf('p99')),
    processor: median(valuesOf('processor')),
    growth: Math.max(...valuesOf('growth')),
  }
}

function printLanes(lanes: readonly Lane[], cases: readonly Case[], measured: Measured): void {
  const rows = cases.flatMap(({ name, unit }) => {
    const nginx = measured(name, 'nginx')
    return lanes.map((lane) => {
      const { perSecond, median: middle, p99, processor, growth } = measured(name, lane.name)
      const ratios = [perSecond / nginx.perSecond, processor / nginx.processor].map((value) => number(value, '×'))
      return [
        ...[name, lane.name, number(perSecond, ` ${unit}`), ratios[0] ?? '', number(middle), number(p99)],
        ...[number(processor), ratios[1] ?? '', number(growth)],
      ]
    })
  })
  const processor = cases[0]?.unit === 'req/s' ? 'CPU µs/request' : 'CPU µs/MiB'
  const resident = lanes.flatMap(({ name, pid }) => (pid === null ? [] : [`${name} ${number(processUse(pid).rss / 2 ** 20)}`]))
  process.stdout.write('\n')
  printCells([['what', 'through', 'throughput', 'nginx = 1', 'median µs', 'p99 µs', processor, 'nginx = 1', 'growth MiB'], ...rows])
  process.stdout.write(`Resident memory at the end, MiB: ${resident.join(', ')}\n\n`)
}

const number = (value: number, unit = '') =>
  Number.isFinite(value) ? `${value >= 100 ? value.toFixed(0) : value.toPrecision(3)}${unit}` : ''
