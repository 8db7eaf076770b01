/** `npm run bench -- membership [part …] [--runs N]`: the membership protocol beside memberlist, each figure with its bars. */
import { agents } from './agents.ts'
import { cores } from './cores.ts'
import { type Figure, printFigures } from '../figure.ts'
import { memberlist } from './memberlist.ts'
import { createMemoryNetwork } from './memory-network.ts'
import { simulated } from './simulated/simulated.ts'
import { createTlsNetwork } from './tls-network.ts'

/** Nodes of the memberlist cluster that figures are compared with. */
const referenceNodes = 64

export const membershipParts = ['cores', 'tls', 'agents', 'simulated']

/** Runs the chosen parts, all when none is; false when a bar does not hold. `runs`: meshes started per network and size. */
export async function membership(chosen: readonly string[], { runs }: { runs: number }): Promise<boolean> {
  const wants = (part: string) => chosen.length === 0 || chosen.includes(part)
  const networks = [...(wants('cores') ? [createMemoryNetwork] : []), ...(wants('tls') ? [createTlsNetwork] : [])]
  let held = true
  const show = (figures: readonly Figure[]) => void (held = printFigures(figures, 'memberlist') && held)
  if (networks.length > 0) {
    process.stdout.write(`memberlist, ${referenceNodes} nodes …\n`)
    const reference = await memberlist(referenceNodes)
    for (const createNetwork of networks) for await (const figures of cores({ createNetwork, runs }, reference)) show(figures)
  }
  if (wants('agents')) show(await agents())
  if (wants('simulated')) for await (const figures of simulated()) show(figures)
  return held
}
