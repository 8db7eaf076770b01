/** Sixty-four slow readers of a large stream through the whole path: what they cost the nodes, and everybody else. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Figure } from '../../figure.ts'
import { quantile } from '../../measure.ts'
import { nodeCommand } from '../pinned-process.ts'
import { watchGrowth } from '../process-memory.ts'
import { ask } from './ask.ts'
import { startNodePair, type Way } from './node-pair.ts'

const readers = 64
/** Until their streams have begun and every buffer on the way is full, ms. */
const settle = 5_000
const count = { warm: 3_000, measured: 2_000 }
const mebibyte = 2 ** 20
const bars = { growth: 64, p99: 2 }

export async function abuse(): Promise<Figure[]> {
  await using pair = await startNodePair({ pinned: true })
  await ask(pair.through, '/small', count.warm)
  const without = await ask(pair.through, '/small', count.measured)
  const growth = { asking: watchGrowth(pair.nodes.asking.pid), serving: watchGrowth(pair.nodes.serving.pid) }
  await using slow = startSlowReaders(pair.through)
  await delay(settle)
  const during = await ask(pair.through, '/small', count.measured)
  const [before, after] = [without, during].map((times) => quantile(times, 0.99)) as [number, number]
  return [
    { what: 'slow readers whose stream has begun', unit: `of ${readers}`, values: [slow.begun()], bars: [] },
    ...Object.entries(growth).map(([node, grown]): Figure => {
      const most = grown() / mebibyte
      const bar = { text: `≤ ${bars.growth} MiB`, holds: most <= bars.growth }
      return { what: `memory that the ${node} node takes for them`, unit: 'MiB', values: [most], bars: [bar] }
    }),
    {
      what: 'other requests meanwhile, p99',
      ...{ unit: 'ms', values: [after], beside: before },
      bars: [{ text: `≤ ${bars.p99}× of without them`, holds: after <= bars.p99 * before }],
    },
  ]
}

function startSlowReaders({ port, base }: Way) {
  const args = [String(port), `${base}/stream`, String(readers)]
  const [program, ...command] = nodeCommand(join(import.meta.dirname, 'slow-readers.ts'), args) as [string, ...string[]]
  const child = spawn(program, command, { stdio: ['ignore', 'pipe', 'ignore'] })
  let begun = 0
  child.stdout.setEncoding('utf8').on('data', (text: string) => (begun = Number(text.trim().split('\n').at(-1))))
  const ended = once(child, 'exit')
  return {
    begun: () => begun,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
