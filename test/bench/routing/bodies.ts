/** Bodies of 64 MiB and 1 GiB over one hop with mutual TLS, both ways, ours beside nginx and haproxy, everything on one CPU. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import type { Figure } from '../figure.ts'
import { type Measured, measureLanes, type Sample, watchProcessor } from './lane-table.ts'
import { type Lane, startLanes } from './lanes.ts'
import { bodySizes } from './nginx.ts'
import { nodeCommand, pinned } from './pinned-process.ts'
import { watchGrowth } from './process-memory.ts'

const execute = promisify(execFile)

/** A body that takes longer is given up, ms. */
const limit = 150_000
const mebibyte = 2 ** 20
const bars = { perSecond: 0.8, growth: 64 }

/** How many bodies of a size make one measurement: enough for a second. */
const inARow = { '64m': 4, '1g': 1 }
const kinds = [
  { name: '64 MiB down', method: 'get', size: '64m' },
  { name: '64 MiB up', method: 'put', size: '64m' },
  { name: '1 GiB down', method: 'get', size: '1g' },
  { name: '1 GiB up', method: 'put', size: '1g' },
] as const

/** Prints what each lane does; resolves with the figures that have bars. */
export async function bodies({ rounds }: { rounds: number }): Promise<Figure[]> {
  await using started = await startLanes()
  const cases = kinds.map((kind) => ({ name: kind.name, unit: 'MiB/s' as const, measure: (lane: Lane) => carried(lane, kind) }))
  return figures(await measureLanes(started.lanes, cases, rounds))
}

const answer = z.object({ seconds: z.number() })

async function carried({ port, base, pid }: Lane, { method, size }: (typeof kinds)[number]): Promise<Sample> {
  const growth = pid === null ? () => Number.NaN : watchGrowth(pid)
  const used = watchProcessor(pid)
  const path = method === 'get' ? size : `up-${size}`
  const args = [method, String(port), `${base}/${path}`, String(bodySizes[size])]
  const [program, ...command] = pinned(nodeCommand(join(import.meta.dirname, 'body-client.ts'), args)) as [string, ...string[]]
  let took = 0
  for (let count = 0; count < inARow[size]; count++) {
    const { stdout } = await execute(program, command, { timeout: limit })
    took += answer.parse(JSON.parse(stdout)).seconds
  }
  const mebibytes = (inARow[size] * bodySizes[size]) / mebibyte
  return { perSecond: mebibytes / took, processor: (used() / mebibytes) * 1e6, growth: growth() / mebibyte }
}

const figures = (of: Measured): Figure[] =>
  kinds.map(({ name }) => {
    const [ours, nginx] = [of(name, 'ours'), of(name, 'nginx')]
    return {
      what: `body of ${name}`,
      ...{ unit: 'MiB/s', values: [ours.perSecond], beside: nginx.perSecond },
      bars: [
        { text: `≥ ${bars.perSecond}× nginx`, holds: ours.perSecond >= bars.perSecond * nginx.perSecond },
        { text: `${ours.growth.toFixed(1)} of ≤ ${bars.growth} MiB more memory`, holds: ours.growth <= bars.growth },
      ],
    }
  })
