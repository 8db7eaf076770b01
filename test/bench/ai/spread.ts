/** Many requests and several engines: all of them work, and a slow one holds nobody up. */
import { atMost, type Figure } from '../figure.ts'
import { median, quantile } from '../measure.ts'
import { benchModel, speedsKnown, startBenchMesh, steady } from './bench-mesh.ts'
import { timedStream } from './timed-stream.ts'

/** Each engine writes so many answers at a time. */
const slots = 4
const words = 25
const pace = 40
const bars = { throughput: 2.7, slow: 1.5 }

/** Three equal engines, beside one of them. */
export async function threeEngines({ rounds }: { rounds: number }): Promise<Figure[]> {
  const engine = steady(words, pace, { slots })
  const rate = async (count: number) => {
    await using bench = await startBenchMesh(Array.from({ length: count }, () => engine))
    await load(bench.asker.url, { programs: slots * count, each: 2 })
    const rates: number[] = []
    // as many programs for each engine, and a few that wait
    for (let round = 0; round < rounds; round++)
      rates.push((await load(bench.asker.url, { programs: (slots + 1) * count, each: 6 })).perSecond)
    return rates
  }
  const one = await rate(1)
  const three = await rate(3)
  const ratio = median(three) / median(one)
  return [
    { what: 'answers per second, one engine', unit: '', values: one, bars: [] },
    {
      what: 'answers per second, three engines',
      unit: '',
      values: three,
      beside: median(one),
      bars: [{ text: `≥ ${bars.throughput}× one (${ratio.toFixed(2)}×)`, holds: ratio >= bars.throughput }],
    },
  ]
}

/** Three engines of which one is ten times as slow, beside the other two alone. */
export async function slowEngine({ rounds }: { rounds: number }): Promise<Figure[]> {
  const quick = steady(words, pace, { slots })
  const slow = steady(words, pace * 10, { slots })
  const waits = async (scripts: readonly ReturnType<typeof steady>[]) => {
    await using bench = await startBenchMesh(scripts)
    await load(bench.asker.url, { programs: 6, each: 4 })
    await speedsKnown(bench)
    const all: number[] = []
    for (let round = 0; round < rounds; round++) all.push(...(await load(bench.asker.url, { programs: 6, each: 8 })).waits)
    return all
  }
  const without = await waits([quick, quick])
  const beside = await waits([quick, quick, slow])
  const ratio = quantile(beside, 0.95) / quantile(without, 0.95)
  return [
    { what: 'answer of two engines, 95 %', unit: 'ms', values: [quantile(without, 0.95)], bars: [] },
    {
      what: '… with a slow one beside them',
      unit: 'ms',
      values: [quantile(beside, 0.95)],
      beside: quantile(without, 0.95),
      bars: [atMost(bars.slow, [ratio], `≤ ${bars.slow}×`)],
    },
  ]
}

/** So many programs, each of which asks again as soon as it has its answer. */
async function load(url: string, { programs, each }: { programs: number; each: number }): Promise<{ perSecond: number; waits: number[] }> {
  const waits: number[] = []
  const begin = performance.now()
  await Promise.all(
    Array.from({ length: programs }, async () => {
      for (let asked = 0; asked < each; asked++) waits.push((await timedStream(url, benchModel)).whole)
    }),
  )
  return { perSecond: (programs * each * 1_000) / (performance.now() - begin), waits }
}
