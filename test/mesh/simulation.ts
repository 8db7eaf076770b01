/** One run: a scenario, a seed, and what came of it. */
import { swimRules } from '../../electron/agent/membership/swim/rules.ts'
import { disagreement } from './agreement.ts'
import { createFaults } from './faults.ts'
import { createInvariants, type Violation } from './invariants.ts'
import { plainSwimRules } from './plain-swim.ts'
import { type Fault, type Scenario } from './scenarios.ts'
import type { SimNode } from './sim-node.ts'
import { createStatistics, type Timing } from './statistics.ts'
import { createTrace } from './trace.ts'
import { createWorld, type World } from './world.ts'

export interface SimulationOptions {
  nodes: number
  seed: number
  scenario: Scenario
  /** Instead of that of the scenario. */
  loss?: number
  plain?: boolean
  strict?: boolean
  /** Follow what happens between these two, by id. */
  follow?: readonly [string, string]
  /** Stop at the first broken invariant. */
  eager?: boolean
}

export interface SimulationResult {
  nodes: number
  seed: number
  seconds: number
  hash: string
  events: number
  /** Per node and second of virtual time. */
  messagesPerNode: number
  bytesPerNode: number
  /** The same in each second. */
  bytesOverTime: number[]
  timings: Timing[]
  /** From a cold start, a heal or the like to equal views, ms; null when they never were. */
  equalAfter: (number | null)[]
  /** Verdicts against members that nothing had happened to for a while, by observers of the same kind. */
  falseDeaths: number
  /** Verdicts against members that ran and could be reached, even if something had just happened. */
  wrongVerdicts: number
  mostFlaps: number
  violations: Violation[]
  trace: string[]
}

/** How often views are compared while it matters, ms. */
const glance = 100
/** Faults after which views should become equal again. */
const upsetting = new Set<Fault['kind']>(['heal', 'restart', 'join', 'mend'])

export async function simulate(options: SimulationOptions): Promise<SimulationResult> {
  const { nodes, seed, scenario, loss = scenario.conditions?.loss, plain = false, strict = false, eager = false } = options
  const get = (): World => world
  const lossy = scenario.lossy === true || (loss ?? 0) > 0.1
  const invariants = createInvariants({ world: get, lossy, fair: !plain })
  const statistics = createStatistics(get)
  const trace = createTrace(get, options.follow)
  const watchers = [invariants.watcher, statistics.watcher, ...(options.follow ? [trace.watcher] : [])]
  const conditions = { ...scenario.conditions, ...(loss === undefined ? {} : { loss }) }
  const rules = plain ? plainSwimRules : swimRules
  const world = createWorld({ nodes, seed, rules, conditions, cold: scenario.cold === true, apart: scenario.apart, strict, watchers })

  const equalAfter: (number | null)[] = []
  let upsetAt: number | null = scenario.cold ? 0 : null
  const onFault = (fault: Fault, some: readonly SimNode[]) => {
    statistics.fault(fault, some)
    trace.fault(fault, some)
    if (upsetting.has(fault.kind)) upsetAt = world.queue.time
  }
  createFaults(world, onFault).schedule(scenario.faults)

  const end = scenario.seconds * 1000
  for (let time = 0; time < end; time += glance) {
    if (eager && invariants.violations.length > 0) break
    await world.run(Math.min(end, time + glance))
    if (upsetAt !== null && !disagreement(world)) {
      equalAfter.push(world.queue.time - upsetAt)
      upsetAt = null
    }
    if (time % 1000 === 0) invariants.inspect()
  }
  if (upsetAt !== null) equalAfter.push(null)
  if (invariants.violations.length === 0) invariants.conclude()
  const bytesOverTime = statistics.bytes(Math.ceil(scenario.seconds)).map((bytes) => bytes / nodes)
  return {
    nodes,
    seed,
    seconds: scenario.seconds,
    hash: world.hash,
    events: world.events,
    messagesPerNode: statistics.messages() / nodes / scenario.seconds,
    bytesPerNode: mean(bytesOverTime),
    bytesOverTime,
    timings: statistics.timings(),
    equalAfter,
    falseDeaths: invariants.falseDeaths(),
    wrongVerdicts: statistics.wrongVerdicts(),
    mostFlaps: statistics.mostFlaps(),
    violations: invariants.violations,
    trace: trace.lines(),
  }
}

export const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
