/** Partitions, one-way links, pauses and clocks: what comes of them in simulated meshes. */
import { type Fault, type Scenario } from '../../../mesh/scenarios.ts'
import { simulate, type SimulationResult } from '../../../mesh/simulation.ts'
import { atMost, type Figure } from '../../figure.ts'

const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
const nodes = 100
/** Seconds from the heal to equal views, at most. */
const healLimit = 10

const about = 'A figure of the bench.'
const scenarios = {
  partition: {
    about,
    theme: 'network',
    seconds: 630,
    faults: [
      { at: 5, kind: 'partition', part: 0.5 },
      { at: 605, kind: 'heal' },
    ],
  },
  'one-way': { about, theme: 'network', seconds: 185, faults: [{ at: 5, kind: 'one-way', links: 1 }] },
  pause: { about, theme: 'machine', seconds: 125, faults: [{ at: 5, kind: 'pause', seconds: 30, count: 1 }] },
  clocks: {
    about,
    theme: 'machine',
    seconds: 60,
    faults: [3600, -3600].map((seconds, place): Fault => ({ at: 5 + 10 * place, kind: 'clock', seconds, part: 0.5 })),
  },
} satisfies Record<string, Scenario>

async function runs(scenario: Scenario): Promise<SimulationResult[]> {
  const results: SimulationResult[] = []
  for (const seed of seeds) results.push(await simulate({ nodes, seed, scenario }))
  return results
}

export async function partitionFigures(): Promise<Figure[]> {
  process.stdout.write('  1000 simulated nodes, one half cut off …\n')
  const healed = await simulate({ nodes: 1_000, seed: 1, scenario: scenarios.partition })
  const values = healed.equalAfter.map((ms) => (ms ?? Infinity) / 1000)
  const what = '1000 simulated, half cut off for 10 min: views equal after the heal'
  return [{ what, unit: 's', values, bars: [atMost(healLimit, values, `≤ ${healLimit} s`)] }]
}

export async function faultFigures(): Promise<Figure[]> {
  process.stdout.write('  one-way link, pause, clocks …\n')
  const figures: Figure[] = []
  const cases = { 'one-way': 'a one-way link', pause: 'one paused for 30 s', clocks: 'clocks jump by ±1 h' } as const
  for (const [name, text] of Object.entries(cases) as [keyof typeof cases, string][]) {
    const results = await runs(scenarios[name])
    const verdicts = results.map(({ wrongVerdicts }) => wrongVerdicts)
    const flaps = results.map(({ violations }) => violations.filter(({ rule }) => rule.includes('flap')).length)
    figures.push(
      { what: `${nodes} simulated, ${text}: live members given up`, unit: '', values: verdicts, bars: [atMost(0, verdicts, 'none')] },
      { what: `${nodes} simulated, ${text}: second flaps within a minute`, unit: '', values: flaps, bars: [atMost(0, flaps, 'none')] },
    )
  }
  return figures
}
