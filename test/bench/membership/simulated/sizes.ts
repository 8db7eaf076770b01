/** Simulated meshes of 100, 1,000 and 5,000 nodes: how long things take, and what they cost. */
import { type Fault, type Scenario, scenarios } from '../../../mesh/scenarios.ts'
import { mean, simulate, type SimulationResult } from '../../../mesh/simulation.ts'
import { atMost, type Bar, type Figure } from '../../figure.ts'

/** Nodes, and runs with different seeds: the larger, the more a single run says. */
const sizes = [
  { nodes: 100, seeds: [1, 2, 3, 4, 5] },
  { nodes: 1_000, seeds: [1, 2] },
  { nodes: 5_000, seeds: [1] },
] as const
/** The largest mesh that starts from nothing: each node of it then holds a table of its own, newly learned. */
const largestCold = 1_000
/** Traffic of the largest mesh, in that of the smallest. */
const flat = 1.2

/** Virtual seconds within which traffic counts as that at rest: full syncs have become rare by then. */
const rest = { from: 40, to: 65 }
const events: Scenario = {
  about: 'Rest; then records change, processes die, and cables are pulled, one after the other.',
  theme: 'loss',
  seconds: 126,
  faults: [
    ...[66, 68, 70].map((at): Fault => ({ at, kind: 'change', count: 1 })),
    ...[74, 80, 86].map((at): Fault => ({ at, kind: 'kill', count: 1 })),
    ...[92, 103, 114].map((at): Fault => ({ at, kind: 'silence', count: 1 })),
  ],
}

const unrest = { from: 35, to: 75 }
const churn: Scenario = {
  about: 'Every 20 s a process dies, a cable is pulled, a record changes, and those that were away come back.',
  theme: 'loss',
  seconds: unrest.to,
  faults: [unrest.from, unrest.from + 20].flatMap((at): Fault[] => [
    { at, kind: 'kill', count: 1 },
    { at: at + 2, kind: 'change', count: 1 },
    { at: at + 4, kind: 'silence', count: 1 },
    { at: at + 17, kind: 'restart' },
  ]),
}

/** One in a hundred is new, and joins through a random member. */
const growth = (nodes: number): Scenario => ({
  about: 'Newcomers.',
  theme: 'growth',
  seconds: 20,
  faults: [{ at: 5, kind: 'join', count: nodes / 100 }],
})

interface Size {
  nodes: number
  events: SimulationResult[]
  churn: SimulationResult[]
  growth: SimulationResult[]
  cold: SimulationResult[]
}

export async function sizeFigures(): Promise<Figure[]> {
  const measured: Size[] = []
  for (const { nodes, seeds } of sizes) {
    process.stdout.write(`  ${nodes} simulated nodes …\n`)
    const runs = async (scenario: Scenario) => {
      const results: SimulationResult[] = []
      for (const seed of seeds) results.push(await simulate({ nodes, seed, scenario }))
      return results
    }
    measured.push({
      nodes,
      events: await runs(events),
      churn: await runs(churn),
      growth: await runs(growth(nodes)),
      cold: nodes <= largestCold ? await runs(scenarios.join) : [],
    })
  }
  return measured.flatMap((size) => [...timesOf(size), ...trafficOf(size, measured[0])])
}

const seconds = (values: readonly (number | null)[]) => values.map((ms) => (ms ?? Infinity) / 1000)

function timesOf({ nodes, events, growth, cold }: Size): Figure[] {
  const known = (what: 'change' | 'kill' | 'silence') =>
    seconds(events.flatMap(({ timings }) => timings.filter((timing) => timing.what === what).map(({ last }) => last)))
  const equal = (results: SimulationResult[]) => seconds(results.flatMap(({ equalAfter }) => equalAfter))
  const figure = (what: string, values: readonly number[]): Figure => ({
    what: `${nodes} simulated: ${what}`,
    unit: 's',
    values,
    bars: [{ text: 'happens', holds: values.every(Number.isFinite) }],
  })
  return [
    ...(cold.length > 0 ? [figure('all see all, joining through one within 2 s', equal(cold))] : []),
    figure('all see all, newcomers 1 % at once', equal(growth)),
    figure('changed record everywhere', known('change')),
    figure('killed process known everywhere', known('kill')),
    figure('silenced machine known everywhere', known('silence')),
  ]
}

function trafficOf({ nodes, ...size }: Size, smallest: Size | undefined): Figure[] {
  const between = (results: SimulationResult[], { from, to }: { from: number; to: number }) =>
    results.map(({ bytesOverTime }) => mean(bytesOverTime.slice(from, to)))
  const figure = (what: string, of: (some: Omit<Size, 'nodes'>) => number[]): Figure => {
    const values = of(size)
    const bars: Bar[] =
      smallest && smallest.nodes !== nodes ? [atMost(flat * mean(of(smallest)), [mean(values)], `≤ ${flat}× of ${smallest.nodes}`)] : []
    return { what: `${nodes} simulated: ${what}`, unit: 'B/s', values, bars }
  }
  return [
    figure('payload per node at rest', ({ events }) => between(events, rest)),
    figure('the same during churn', ({ churn }) => between(churn, unrest)),
  ]
}
