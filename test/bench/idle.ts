import { eventually } from '../support/eventually.ts'
import { joinThrough, peersOf } from '../e2e/joined-pair.ts'
import { startNode } from '../e2e/node-process.ts'
import { startBareFastify } from './bare-process.ts'
import { median, processUse, type Row } from './measure.ts'

const peers = 5
/** Watched for this long, s, after everybody has seen everybody and things have calmed down. */
const seconds = 60
const calmDown = 15

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Memory and processor time of a node at rest among five peers, beside an idle bare Fastify. */
export async function idle(): Promise<Row[]> {
  const bare = await startBareFastify()
  const nodes = await Promise.all(Array.from({ length: peers + 1 }, (_, index) => startNode({ name: `idle-${index}` })))
  const [hub, ...others] = nodes
  if (!hub) throw new Error('no node')
  try {
    await hub.fcn('create', 'Bench')
    for (const other of others) await joinThrough(hub, other)
    for (const node of nodes)
      await eventually(
        'all are online',
        async () => (await peersOf(node)).filter(({ state }) => state === 'online').length === peers,
        20_000,
      )
    await pause(calmDown * 1000)
    const watch = [bare.pid, ...nodes.map(({ pid }) => pid)]
    const before = watch.map(processUse)
    await pause(seconds * 1000)
    const [bareUse, ...use] = watch.map((pid, index) => {
      const { cpu, rss } = processUse(pid)
      return { cpu: (100 * (cpu - (before[index]?.cpu ?? 0))) / seconds, rss: rss / 2 ** 20 }
    })
    if (!bareUse) throw new Error('no reference')
    const against = `an idle bare Fastify; median of ${nodes.length} nodes with ${peers} peers, ${seconds} s`
    return [
      { what: 'idle memory (RSS)', unit: 'MiB', ours: median(use.map(({ rss }) => rss)), reference: bareUse.rss, against },
      // the kernel counts in ticks of 10 ms: an idle process may show none at all
      {
        what: 'idle processor',
        unit: '% of a core',
        ours: median(use.map(({ cpu }) => cpu)),
        reference: Math.max(bareUse.cpu, 100 / 100 / seconds),
        against,
      },
    ]
  } finally {
    await Promise.all(nodes.map((node) => node.stop()))
    await bare.stop()
  }
}
