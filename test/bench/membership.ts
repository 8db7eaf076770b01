import { type Scenario, scenarios } from '../mesh/scenarios.ts'
import { simulate } from '../mesh/simulation.ts'
import { median, type Row } from './measure.ts'

const seeds = [1, 2, 3, 4, 5]
const nodes = 64

/** When the last of 64 simulated nodes knew, s: median over some seeds. */
async function known(scenario: Scenario): Promise<number> {
  const times: number[] = []
  for (const seed of seeds) {
    const { timings } = await simulate({ nodes, seed, scenario })
    times.push((timings[0]?.last ?? Number.NaN) / 1000)
  }
  return median(times)
}

/** The membership core in virtual time, beside what memberlist 0.2.2 needed with as many nodes in one process. */
export async function membership(): Promise<Row[]> {
  const against = `memberlist with ${nodes} nodes in one process, measured before; ours in virtual time, ${seeds.length} seeds`
  const change: Scenario = { ...scenarios.change, faults: [{ at: 5, kind: 'change', count: 1 }], seconds: 10 }
  const { bytesPerNode } = await simulate({ nodes, seed: 1, scenario: scenarios.quiet })
  return [
    { what: 'changed record everywhere', unit: 's', ours: await known(change), reference: 0.7, against },
    { what: 'killed node known everywhere', unit: 's', ours: await known(scenarios.kill), reference: 9.5, against },
    { what: 'silenced node known everywhere', unit: 's', ours: await known(scenarios.silence), reference: 9.5, against },
    { what: 'payload at rest', unit: 'B/s', ours: bytesPerNode, reference: 89, against },
  ]
}
