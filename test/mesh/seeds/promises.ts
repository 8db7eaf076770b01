import { describe, expect, it } from 'vitest'
import { type Scenario, scenarios, type Theme } from '../scenarios.ts'
import { simulate } from '../simulation.ts'

/** Per scenario; `npm run simulate -- --seeds 10000` goes on from there. */
const seeds = 5
const nodes = 50

const list = Object.entries<Scenario>(scenarios)

/** Runs the scenarios of one theme with a few seeds each: no invariant may break. */
export function keepsPromises(theme: Theme): void {
  describe.each(list.filter(([, scenario]) => scenario.theme === theme))('a simulated mesh: %s', (name, scenario) => {
    const own = list.findIndex(([other]) => other === name)
    const runs = Array.from({ length: seeds }, (_, run) => own + run * list.length)

    it.each(runs)('keeps every promise with seed %i', { timeout: 120_000 }, async (seed) => {
      // every message through its schema, as on the wire, in the first run of each
      const { violations } = await simulate({ nodes, seed, scenario, strict: seed === own })
      expect(violations, `npm run simulate -- --nodes ${nodes} --seed ${seed} --scenario ${name}`).toEqual([])
    })
  })
}
