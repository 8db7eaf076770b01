/** Eleven peers, two of them in trouble: what becomes of the requests under each policy, in virtual time and with real peers. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Figure } from '../../figure.ts'
import { printCells, quantile } from '../../measure.ts'
import { bar, run } from './bars.ts'
import { ours } from './ours.ts'
import { answeredInTime, type Outcome, succeeded } from './outcomes.ts'
import { plot } from './plot.ts'
import { roundRobin, twoChoices } from './policy.ts'
import { realPeers } from './real-peers.ts'
import { simulate } from './simulate.ts'

const drawing = join(import.meta.dirname, '../../../../assets/balance.svg')

/** Prints a table, writes the drawing, and resolves with the figures that have bars. */
export async function balance(): Promise<Figure[]> {
  const curves = [
    { name: 'round robin', outcomes: simulate(roundRobin, run) },
    { name: 'power of two choices', outcomes: simulate(twoChoices, run) },
    { name: 'ours', outcomes: simulate(ours, run) },
  ]
  writeFileSync(drawing, plot('11 peers: one 2 s slow for half the run, one failing 30 %', curves))
  const real = { name: 'ours, real peers', outcomes: await realPeers() }
  printCells([
    ['policy', 'requests', 'answered within 1 s', 'succeeded', 'median', 'p99', 'p99.9'],
    ...[...curves, real].map(({ name, outcomes }) => [name, String(outcomes.length), ...summary(outcomes)]),
  ])
  process.stdout.write('\n')
  return [...figuresOf('simulated', curves[2]?.outcomes ?? []), ...figuresOf('real peers', real.outcomes)]
}

const percent = (part: number) => `${(100 * part).toFixed(2)} %`

function summary(outcomes: readonly Outcome[]): string[] {
  const times = outcomes.map(({ took }) => took)
  const ms = [0.5, 0.99, 0.999].map((part) => `${quantile(times, part).toFixed(0)} ms`)
  return [percent(answeredInTime(outcomes)), percent(succeeded(outcomes)), ...ms]
}

function figuresOf(how: string, outcomes: readonly Outcome[]): Figure[] {
  const shares = { 'answered within 1 s': answeredInTime(outcomes), succeeded: succeeded(outcomes) }
  return Object.entries(shares).map(([what, part]) => ({
    what: `${what} (${how})`,
    ...{ unit: '%', values: [100 * part] },
    bars: [{ text: `≥ ${100 * bar} %, here ${percent(part)}`, holds: part >= bar }],
  }))
}
