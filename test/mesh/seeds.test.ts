import { describe, expect, it } from 'vitest'
import { type Scenario, scenarios } from './scenarios.ts'
import { simulate } from './simulation.ts'

/** One per scenario, for the time `npm test` may take; `npm run simulate -- --seeds 10000` goes on from there. */
const seeds = 23
const nodes = 50

const list = Object.entries<Scenario>(scenarios)

describe.each(list)('a simulated mesh: %s', (name, scenario) => {
  const own = list.findIndex(([other]) => other === name)
  const runs = Array.from({ length: Math.ceil(seeds / list.length) }, (_, run) => own + run * list.length)

  it.each(runs)('keeps every promise with seed %i', { timeout: 120_000 }, async (seed) => {
    // every message through its schema, as on the wire, in the first run of each
    const { violations } = await simulate({ nodes, seed, scenario, strict: seed === own })
    expect(violations, `npm run simulate -- --nodes ${nodes} --seed ${seed} --scenario ${name}`).toEqual([])
  })
})
