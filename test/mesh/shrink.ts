import type { Fault } from './scenarios.ts'
import { simulate, type SimulationOptions, type SimulationResult } from './simulation.ts'

/** Runs made to find a shorter way to the same failure. */
const maxRuns = 40

/**
 * The shortest way found to a broken invariant with the same seed: faults that are not needed are left out one by one
 * (Zeller's delta debugging with single steps), the run ends where the invariant breaks, and only what concerns the two
 * nodes is kept.
 */
export async function shrink(
  options: SimulationOptions,
  broken: SimulationResult,
): Promise<{ faults: readonly Fault[]; result: SimulationResult }> {
  const [first] = broken.violations
  if (!first) return { faults: options.scenario.faults, result: broken }
  const attempt = async (faults: readonly Fault[], follow?: readonly [string, string]) => {
    const result = await simulate({ ...options, scenario: { ...options.scenario, faults }, eager: true, ...(follow ? { follow } : {}) })
    return result.violations.find(({ rule }) => rule === first.rule) ? result : null
  }
  let faults = options.scenario.faults
  let runs = 0
  for (let index = faults.length - 1; index >= 0 && runs < maxRuns; index--, runs++) {
    const fewer = faults.filter((_, place) => place !== index)
    if (await attempt(fewer)) faults = fewer
  }
  const short = (await attempt(faults)) ?? broken
  const [found = first] = short.violations
  const result = await attempt(faults, [found.observer, found.subject])
  return { faults, result: result ?? short }
}
