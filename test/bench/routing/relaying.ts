/** How responsive a node stays while it relays 200 MB/s from a peer to a program. */
import { execFile } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { eventually } from '../../support/eventually.ts'
import type { Figure } from '../figure.ts'
import { median } from '../measure.ts'
import { startLanes } from './lanes.ts'
import { bodySizes } from './nginx.ts'
import { nodeCommand } from './pinned-process.ts'
import { observationIn } from './relay-command.ts'

const execute = promisify(execFile)

/** Bytes per second that the program takes. */
const rate = 200e6
/** A body that takes longer is given up, ms. */
const limit = 150_000
const bar = 10

const taken = z.object({ seconds: z.number() })
const delays = z.object({ median: z.number(), p99: z.number() })

/** Not pinned: this is about the loop of one process, not about the sharing of a CPU. */
export async function relaying({ rounds }: { rounds: number }): Promise<Figure[]> {
  await using started = await startLanes({ only: ['ours'], observe: 'loop delay', pinned: false })
  const ours = started.lanes[0]
  if (!ours || ours.pid === null) throw new Error('There is no relay.')
  const { port, base, pid } = ours
  const file = observationIn(started.folder)
  const args = ['get', String(port), `${base}/1g`, String(bodySizes['1g']), String(rate)]
  const [program, ...command] = nodeCommand(join(import.meta.dirname, 'body-client.ts'), args) as [string, ...string[]]
  const late: number[] = []
  const speed: number[] = []
  for (let round = 0; round < rounds; round++) {
    process.kill(pid, 'SIGUSR2')
    const { stdout } = await execute(program, command, { timeout: limit })
    process.kill(pid, 'SIGUSR2')
    const { p99 } = await eventually('the delays are written', () => delays.parse(JSON.parse(readFileSync(file, 'utf8'))))
    rmSync(file)
    late.push(p99)
    speed.push(bodySizes['1g'] / taken.parse(JSON.parse(stdout)).seconds / 1e6)
  }
  return [
    { what: `relayed, of ${rate / 1e6} MB/s asked for`, unit: 'MB/s', values: speed, bars: [] },
    {
      what: 'event loop late meanwhile, p99',
      ...{ unit: 'ms', values: late },
      bars: [{ text: `median < ${bar} ms`, holds: median(late) < bar }],
    },
  ]
}
