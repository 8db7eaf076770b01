/** Many answers at once through one node. */
import { atMost, type Figure } from '../figure.ts'
import { processUse, quantile } from '../measure.ts'
import { benchModel, startBenchMesh, steady } from './bench-mesh.ts'
import { timedStream } from './timed-stream.ts'

const streams = 64
const words = 100
/** Slow enough that the machine is not what is measured, ms. */
const pace = 50

export async function crowd({ rounds }: { rounds: number }): Promise<Figure[]> {
  await using bench = await startBenchMesh([steady(words, pace)])
  const { asker, engines, mesh } = bench
  await timedStream(asker.url, benchModel)
  const before = processUse(asker.pid).rss
  const all: Record<'direct' | 'routed', number[]> = { direct: [], routed: [] }
  let whole = 0
  for (let round = 0; round < rounds; round++) {
    for (const [way, url] of [
      ['direct', engines[0]?.url ?? ''],
      ['routed', asker.url],
    ] as const) {
      const answers = await Promise.all(Array.from({ length: streams }, () => timedStream(url, benchModel)))
      all[way].push(...answers.map(({ firstToken }) => firstToken))
      if (way === 'routed') whole += answers.filter(({ pieces }) => pieces === words).length
    }
  }
  const peak = Math.max(...mesh.nodes.map(({ pid }) => processUse(pid).peak))
  return [
    {
      what: `${streams} streams at once: whole`,
      unit: '',
      values: [whole / rounds],
      bars: [{ text: `${streams}`, holds: whole === streams * rounds }],
    },
    { what: '… first token, median', unit: 'ms', values: [quantile(all.routed, 0.5)], beside: quantile(all.direct, 0.5), bars: [] },
    { what: '… first token, 95 %', unit: 'ms', values: [quantile(all.routed, 0.95)], beside: quantile(all.direct, 0.95), bars: [] },
    {
      what: '… memory of a node more than before',
      unit: 'MiB',
      values: [(peak - before) / 2 ** 20],
      bars: [atMost(128, [(peak - before) / 2 ** 20], '≤ 128 MiB')],
    },
  ]
}
