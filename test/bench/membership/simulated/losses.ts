/** Members given up that live, when messages are lost; beside plain SWIM in the same simulator. */
import { type Scenario, scenarios } from '../../../mesh/scenarios.ts'
import { simulate } from '../../../mesh/simulation.ts'
import { median } from '../../measure.ts'
import { atMost, type Figure } from '../../figure.ts'

/** Of plain SWIM's false deaths at 30 % loss. */
const share = 0.02
/** Nodes of the comparison, minutes of each run, and seeds. */
const comparison = { nodes: 64, minutes: 1, seeds: 20 }
/** Seconds until a killed node was known everywhere among 64 of memberlist 0.2.2, and our part of it for a silenced one. */
const detection = { memberlist: 9.5, share: 0.7 }
const sizes = [
  { nodes: 100, seeds: 10 },
  { nodes: 1_000, seeds: 2 },
  { nodes: 5_000, seeds: 1 },
]
const quiet: Scenario = { ...scenarios.quiet, seconds: 60 }

interface Deaths {
  count: number
  nodeHours: number
}

async function falseDeaths({
  nodes,
  seeds,
  loss,
  plain = false,
}: {
  nodes: number
  seeds: number
  loss: number
  plain?: boolean
}): Promise<Deaths> {
  let count = 0
  for (let seed = 1; seed <= seeds; seed++) count += (await simulate({ nodes, seed, scenario: quiet, loss, plain })).falseDeaths
  return { count, nodeHours: (nodes * seeds * quiet.seconds) / 3600 }
}

const figure = (what: string, { count, nodeHours }: Deaths, bars: Figure['bars'] = []): Figure => ({
  what: `${what} (${count} in ${nodeHours.toFixed(1)} node hours)`,
  unit: '/node hour',
  values: [count / nodeHours],
  bars,
})

/** In meshes of all sizes. */
export async function lossFigures(): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const loss of [0, 0.1, 0.3])
    for (const { nodes, seeds } of sizes) {
      process.stdout.write(`  ${nodes} simulated nodes, ${100 * loss} % loss …\n`)
      const deaths = await falseDeaths({ nodes, seeds, loss })
      figures.push(
        figure(`${nodes} simulated: false deaths, ${100 * loss} % loss`, deaths, loss <= 0.1 ? [atMost(0, [deaths.count], 'none')] : []),
      )
    }
  return figures
}

/** Ours and plain SWIM, with equal time to refute. */
export async function plainSwimFigures(): Promise<Figure[]> {
  const { nodes, seeds } = comparison
  process.stdout.write(`  ${nodes} simulated nodes, 30 % loss, beside plain SWIM …\n`)
  const ours = await falseDeaths({ nodes, seeds, loss: 0.3 })
  const plain = await falseDeaths({ nodes, seeds, loss: 0.3, plain: true })
  return [
    figure(`${nodes} simulated: false deaths, 30 % loss`, ours, [atMost(share * plain.count, [ours.count], `≤ ${share}× plain SWIM`)]),
    figure(`${nodes} simulated: the same with plain SWIM`, plain),
  ]
}

export async function detectionFigures(): Promise<Figure[]> {
  const { nodes, seeds } = comparison
  const figures: Figure[] = []
  for (const loss of [0, 0.3]) {
    const values: number[] = []
    for (let seed = 1; seed <= seeds; seed++) {
      const { timings } = await simulate({ nodes, seed, scenario: scenarios.silence, loss })
      values.push(...timings.map(({ last }) => (last ?? Infinity) / 1000))
    }
    const bars = [
      atMost(
        detection.share * detection.memberlist,
        [median(values)],
        `≤ ${detection.share}× memberlist's ${detection.memberlist} s, median`,
      ),
    ]
    figures.push({
      what: `${nodes} simulated: silenced machine known everywhere, ${100 * loss} % loss`,
      unit: 's',
      values,
      bars: loss === 0 ? bars : [],
    })
  }
  return figures
}
