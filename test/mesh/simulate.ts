/**
 * `npm run simulate -- --nodes 1000 --loss 0.2 --seed 7 --scenario partition`: runs the membership core in virtual time
 * and checks its invariants. `--seeds N` runs N seeds over all scenarios, which is what the nightly run does.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { reportRows, table } from './report.ts'
import { type Scenario, scenarios } from './scenarios.ts'
import { shrink } from './shrink.ts'
import { simulate, type SimulationOptions, type SimulationResult } from './simulation.ts'

const { values } = parseArgs({
  options: {
    nodes: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    scenario: { type: 'string', default: 'all' },
    loss: { type: 'string' },
    seconds: { type: 'string' },
    json: { type: 'string' },
    'plain-swim': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
const print = (text: string) => process.stdout.write(`${text}\n`)

function number(name: 'nodes' | 'seed' | 'seeds' | 'loss' | 'seconds', least: number, most: number): number {
  const value = Number(values[name])
  if (Number.isFinite(value) && value >= least && value <= most) return value
  process.stderr.write(`--${name} takes a number from ${least} to ${most}.\n`)
  process.exit(64)
}

function chosen(): [string, Scenario][] {
  const all = Object.entries<Scenario>(scenarios)
  const some = values.scenario === 'all' ? all : all.filter(([name]) => name === values.scenario)
  if (some.length > 0) return some
  process.stderr.write(`There is no scenario ${values.scenario}. There are: ${Object.keys(scenarios).join(', ')}.\n`)
  process.exit(64)
}

async function explain(name: string, options: SimulationOptions, result: SimulationResult): Promise<void> {
  const again = `npm run simulate -- --nodes ${options.nodes} --seed ${options.seed} --scenario ${name}${values.loss === undefined ? '' : ` --loss ${values.loss}`}`
  print(`\nBroken with seed ${options.seed}. Again: ${again}`)
  for (const { rule, text, at } of result.violations.slice(0, 5)) print(`  ${(at / 1000).toFixed(3)} s  ${rule}: ${text}`)
  print('The shortest way found to it:')
  const { faults, result: short } = await shrink(options, result)
  for (const fault of faults) print(`  fault ${JSON.stringify(fault)}`)
  for (const line of short.trace) print(line)
}

if (values.help) {
  print(
    'npm run simulate -- [--nodes N] [--loss PART] [--seed S] [--seeds COUNT] [--scenario NAME|all] [--seconds S] [--plain-swim] [--json FILE]',
  )
  for (const [name, { about }] of Object.entries<Scenario>(scenarios)) print(`  ${name.padEnd(12)} ${about}`)
  process.exit(0)
}

const runs: (SimulationResult & { scenario: string })[] = []
const list = chosen()
const seeds = number('seeds', 1, 1e6)
const total = seeds === 1 ? list.length : seeds
for (let run = 0; run < total; run++) {
  const [name, scenario] = list[run % list.length] as [string, Scenario]
  const seed = number('seed', 0, 2 ** 31) + (seeds === 1 ? 0 : run)
  const options: SimulationOptions = {
    nodes: number('nodes', 2, 20_000),
    seed,
    scenario: values.seconds === undefined ? scenario : { ...scenario, seconds: number('seconds', 1, 86_400) },
    plain: values['plain-swim'],
    ...(values.loss === undefined ? {} : { loss: number('loss', 0, 0.9) }),
  }
  const result = await simulate(options)
  runs.push({ scenario: name, ...result })
  if (total === 1) print(table([['scenario', name], ...reportRows(result)]))
  else print(`${name.padEnd(12)} seed ${seed}  ${result.hash}  ${result.violations.length === 0 ? 'ok' : 'BROKEN'}`)
  if (result.violations.length > 0) await explain(name, options, result)
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(runs, null, 2)}\n`)
process.exitCode = runs.some(({ violations }) => violations.length > 0) ? 1 : 0
