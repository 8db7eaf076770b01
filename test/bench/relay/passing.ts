/** What it costs that a hub passes on what two nodes say: bodies and small answers, beside the same nodes directly and through haproxy. */
import { join } from 'node:path'
import { z } from 'zod'
import type { Figure } from '../figure.ts'
import { median } from '../measure.ts'
import { hasHaproxy } from '../routing/haproxy.ts'
import { nodeCommand, pinned } from '../routing/pinned-process.ts'
import { type LoopbackMesh, openLoopbackMesh, type Way } from './loopback-mesh.ts'

const bodySize = 256 * 1024 * 1024
const requests = { warm: 500, measured: 400 }
const bars = { direct: 0.6, spliced: 0.8, latency: 1 }

const clients = join(import.meta.dirname, '../routing')
const taken = z.object({ seconds: z.number() })

export async function passing({ rounds }: { rounds: number }): Promise<Figure[]> {
  await using mesh = await openLoopbackMesh({ hasHaproxy })
  const speeds = perWay(mesh)
  const latencies = perWay(mesh)
  for (const way of mesh.ways) {
    await askMany(mesh, way, requests.warm)
    await fetchBody(mesh, way)
  }
  for (let round = 0; round < rounds; round++) {
    for (const way of mesh.ways) {
      latencies[way].push(median(await askMany(mesh, way, requests.measured)))
      speeds[way].push(await fetchBody(mesh, way))
    }
    await mesh.check()
  }
  return figures(speeds, latencies)
}

const perWay = ({ ways }: LoopbackMesh) => Object.fromEntries(ways.map((way) => [way, [] as number[]])) as Record<Way, number[]>

const run = async ({ host }: LoopbackMesh, file: string, ...args: (string | number)[]): Promise<unknown> => {
  const [program, ...more] = pinned(nodeCommand(join(clients, file), args.map(String))) as [string, ...string[]]
  return JSON.parse(await host.run(program, ...more))
}

/** Bytes per second, MB. */
async function fetchBody(mesh: LoopbackMesh, way: Way): Promise<number> {
  const said = await run(mesh, 'body-client.ts', 'get', mesh.port, `${mesh.base(way)}/stream/${bodySize}`, bodySize)
  return bodySize / taken.parse(said).seconds / 1e6
}

/** How long each answer took on one kept connection, ms. */
const askMany = async (mesh: LoopbackMesh, way: Way, count: number): Promise<number[]> =>
  z.array(z.number()).parse(await run(mesh, 'path/latency-client.ts', mesh.port, `${mesh.base(way)}/small`, count))

function figures(speeds: Record<Way, number[]>, latencies: Record<Way, number[]>): Figure[] {
  // of each round by itself: what else runs on the machine changes from one to the next
  const ratio = (to: Way) => median(speeds.relayed.map((speed, round) => speed / (speeds[to][round] ?? Number.NaN)))
  const added = latencies.relayed.map((ms, round) => ms - (latencies.direct[round] ?? Number.NaN))
  const speed = (way: Way) => ({ what: `a body, ${way}`, unit: 'MB/s', values: speeds[way], beside: median(speeds.direct) })
  const beside = hasHaproxy
    ? [{ text: `≥ ${bars.spliced}× spliced (${ratio('spliced').toFixed(2)}×)`, holds: ratio('spliced') >= bars.spliced }]
    : [{ text: `≥ ${bars.spliced}× spliced`, holds: null }]
  return [
    { ...speed('direct'), bars: [] },
    ...(hasHaproxy ? [{ ...speed('spliced'), bars: [] }] : []),
    {
      ...speed('relayed'),
      bars: [{ text: `≥ ${bars.direct}× direct (${ratio('direct').toFixed(2)}×)`, holds: ratio('direct') >= bars.direct }, ...beside],
    },
    { what: 'a small answer, direct', unit: 'ms', values: latencies.direct, bars: [] },
    ...(hasHaproxy
      ? [{ what: 'a small answer, spliced', unit: 'ms', values: latencies.spliced, beside: median(latencies.direct), bars: [] }]
      : []),
    { what: 'a small answer, relayed', unit: 'ms', values: latencies.relayed, beside: median(latencies.direct), bars: [] },
    {
      what: 'added by the hub, median',
      ...{ unit: 'ms', values: [median(added)] },
      bars: [{ text: `≤ ${bars.latency} ms`, holds: median(added) <= bars.latency }],
    },
  ]
}
