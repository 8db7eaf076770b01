/** Real membership cores in one process, in real time, beside memberlist. */
import type { Identity } from '../../../electron/agent/components.ts'
import { createTestIdentity } from '../../fakes/test-identity.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { median } from '../measure.ts'
import { type CoreMesh, createCoreMesh } from './core-mesh.ts'
import { atMost, type Bar, type Figure } from '../figure.ts'
import type { Memberlist, MemberlistFigures } from './memberlist.ts'
import type { MeshNetwork } from './mesh-network.ts'
import type { Checks } from './signed-trust.ts'

const sizes = { small: 64, large: 128 }
/** Starts in which every node checks every signature. */
const costlyRuns = 3
/**
 * Watched at rest, and before that left alone, s: until full syncs have become rare, and until every node has probed every
 * other, one a second, since a connection that is made for a probe is kept.
 */
const rest = { calmDown: (nodes: number) => Math.max(35, nodes + 5), watched: 30 }

/** Of memberlist's median. */
const shares = { start: 1, change: 0.5, kill: 0.4, silence: 0.7 }
/** How much longer it may take with twice as many nodes. */
const growth = 1.5
/** All see all after this at the latest, s. */
const startLimit = 3
/** Bytes per second and processor in % of a core, per node. */
const restBars = { bytes: 1024, processor: 0.1 }

type Event = keyof typeof shares

/** Seconds until the worst node knows, one per run. */
type Times = Record<Event, number[]>

interface Resting {
  bytes: number
  processor: number
}

type Identities = readonly [Identity, ...Identity[]]

interface CoresOptions {
  createNetwork: () => MeshNetwork
  /** Meshes started per size; in every second one a node is killed, in the others one is silenced. */
  runs: number
}

/** 64 and 128 nodes on one kind of network; the figures of one size at a time. */
export async function* cores({ createNetwork, runs }: CoresOptions, reference: Memberlist): AsyncGenerator<Figure[]> {
  const identities = await createIdentities(sizes.large)
  for (const nodes of [sizes.small, sizes.large]) {
    const some = identities.slice(0, nodes) as unknown as Identities
    const { name, counts } = createNetwork()
    process.stdout.write(`${nodes} cores, ${name} …\n`)
    const times = await measureEvents({ createNetwork, runs }, some)
    const costly = nodes === sizes.small ? await measureStarts(createNetwork, some) : []
    const resting = await measureRest(createNetwork, some)
    const factor = nodes === sizes.small ? 1 : growth
    yield figuresOf(`${nodes} cores, ${name}`, { times, costly, resting, counts, factor }, reference)
  }
}

async function createIdentities(count: number): Promise<Identity[]> {
  const identities: Identity[] = []
  while (identities.length < count) identities.push(await createTestIdentity())
  return identities
}

async function inMesh<T>(network: MeshNetwork, options: { identities: Identities; checks: Checks }, task: (mesh: CoreMesh) => Promise<T>) {
  const mesh = await createCoreMesh(network, options)
  try {
    return await task(mesh)
  } finally {
    await mesh.close()
  }
}

async function measureEvents({ createNetwork, runs }: CoresOptions, identities: Identities): Promise<Times> {
  const times: Times = { start: [], change: [], kill: [], silence: [] }
  // the first run is for the compiler
  for (let run = 0; run <= runs; run++) {
    const how = run % 2 === 0 ? 'silence' : 'kill'
    await inMesh(createNetwork(), { identities, checks: 'once' }, async (mesh) => {
      const start = await mesh.start()
      if (run === 0) return
      times.start.push(start / 1000)
      await mesh.calm()
      times.change.push((await mesh.change(2)) / 1000)
      await mesh.calm()
      times[how].push((await mesh.vanish(how)) / 1000)
    })
  }
  return times
}

async function measureStarts(createNetwork: () => MeshNetwork, identities: Identities): Promise<number[]> {
  const starts: number[] = []
  while (starts.length < costlyRuns)
    await inMesh(createNetwork(), { identities, checks: 'each' }, async (mesh) => void starts.push((await mesh.start()) / 1000))
  return starts
}

async function measureRest(createNetwork: () => MeshNetwork, identities: Identities): Promise<Resting> {
  const network = createNetwork()
  return inMesh(network, { identities, checks: 'each' }, async (mesh) => {
    await mesh.start()
    await delay(rest.calmDown(identities.length) * 1000)
    const [bytes, used, began] = [await network.sent(), process.cpuUsage(), performance.now()]
    await delay(rest.watched * 1000)
    const { user, system } = process.cpuUsage(used)
    const share = ((performance.now() - began) / 1000) * identities.length
    return { bytes: ((await network.sent()) - bytes) / share, processor: (100 * (user + system)) / 1e6 / share }
  })
}

interface Measured {
  times: Times
  costly: number[]
  resting: Resting
  counts: MeshNetwork['counts']
  /** How much more than in the smaller mesh it may be. */
  factor: number
}

function figuresOf(name: string, { times, costly, resting, counts, factor }: Measured, { measured, figures }: Memberlist): Figure[] {
  const beside = (figure: keyof MemberlistFigures) => median(figures[figure])
  const share = (event: Event, figure: keyof MemberlistFigures, values: readonly number[]): Bar => {
    const part = shares[event] * factor
    const which = values.length > 1 ? 'worst' : 'median'
    const bar = atMost(part * beside(figure), values, `${which} ≤ ${part.toPrecision(2)}×`)
    return measured ? bar : { ...bar, holds: null }
  }
  const middle = (event: Event) => [median(times[event])]
  const event = (what: string, event: Event, figure: keyof MemberlistFigures, bars: Bar[]): Figure => ({
    what: `${what} (${name})`,
    unit: 's',
    values: times[event],
    beside: beside(figure),
    bars,
  })
  return [
    event('all see all', 'start', 'start', [
      share('start', 'start', times.start),
      atMost(startLimit * factor, times.start, `worst ≤ ${startLimit * factor} s`),
    ]),
    ...(costly.length === 0
      ? []
      : [{ what: `the same, every node checking all signatures (${name})`, unit: 's', values: costly, beside: beside('start'), bars: [] }]),
    event('changed record everywhere', 'change', 'change', [share('change', 'change', middle('change'))]),
    event('killed one known everywhere', 'kill', 'kill', [share('kill', 'kill', middle('kill'))]),
    event('silenced one known everywhere', 'silence', 'kill', [share('silence', 'kill', middle('silence'))]),
    {
      what: `${counts} at rest (${name})`,
      unit: 'B/s per node',
      values: [resting.bytes],
      // memberlist's is payload
      beside: counts === 'payload' ? beside('bytes') : undefined,
      bars: [atMost(restBars.bytes, [resting.bytes], '≤ 1 KiB/s')],
    },
    {
      what: `processor at rest (${name})`,
      unit: '% per node',
      values: [resting.processor],
      beside: beside('processor'),
      bars: [atMost(restBars.processor, [resting.processor], '≤ 0.1 %')],
    },
  ]
}
