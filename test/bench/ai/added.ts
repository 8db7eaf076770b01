/** What it adds that nodes pass an answer on: to the first token, and to the pace of the others. */
import { type Figure, atMost } from '../figure.ts'
import { median } from '../measure.ts'
import { benchModel, startBenchMesh, steady } from './bench-mesh.ts'
import { timedStream, type TimedStream } from './timed-stream.ts'

/** Answers of each way and round. */
const each = 20
const bars = { firstToken: 5, share: 0.01 }

export async function added({ rounds }: { rounds: number }): Promise<Figure[]> {
  return [...(await oneWay('own engine', rounds, true)), ...(await oneWay('engine of a peer', rounds, false))]
}

async function oneWay(what: string, rounds: number, own: boolean): Promise<Figure[]> {
  await using bench = await startBenchMesh([steady(100, 10)], { own })
  const { asker, engines } = bench
  const urls = { direct: (engines[0] as { url: string }).url, routed: asker.url }
  for (let warm = 0; warm < 10; warm++) for (const url of Object.values(urls)) await timedStream(url, benchModel)
  const first: number[] = []
  const lost: number[] = []
  for (let round = 0; round < rounds; round++) {
    const seen: Record<keyof typeof urls, TimedStream[]> = { direct: [], routed: [] }
    // by turns, so that whatever else the machine does is the same for both
    for (let asked = 0; asked < each; asked++)
      for (const way of ['direct', 'routed'] as const) seen[way].push(await timedStream(urls[way], benchModel))
    const medians = (way: keyof typeof urls, of: 'firstToken' | 'rate') => median(seen[way].map((one) => one[of]))
    first.push(medians('routed', 'firstToken') - medians('direct', 'firstToken'))
    lost.push(1 - medians('routed', 'rate') / medians('direct', 'rate'))
  }
  const share = lost.map((value) => value * 100)
  return [
    {
      what: `${what}: added to the first token`,
      unit: 'ms',
      values: first,
      bars: [atMost(bars.firstToken, [median(first)], `≤ ${bars.firstToken} ms`)],
    },
    { what: `${what}: tokens per second lost`, unit: '%', values: share, bars: [atMost(bars.share * 100, [median(share)], '≤ 1 %')] },
  ]
}
