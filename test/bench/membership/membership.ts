/** `npm run bench -- membership [part …]`: the membership protocol beside memberlist, each figure with its bars. */
import { cores } from './cores.ts'
import { type Figure, printFigures } from './figure.ts'
import { memberlist } from './memberlist.ts'
import { createMemoryNetwork } from './memory-network.ts'
import { simulated } from './simulated/simulated.ts'

/** Nodes of the memberlist cluster that figures are compared with. */
const referenceNodes = 64

export const membershipParts = ['cores', 'simulated']

/** Runs the chosen parts, all when none is; false when a bar does not hold. */
export async function membership(chosen: readonly string[]): Promise<boolean> {
  const wants = (part: string) => chosen.length === 0 || chosen.includes(part)
  const figures: Figure[] = []
  if (wants('cores')) {
    process.stdout.write(`  memberlist, ${referenceNodes} nodes …\n`)
    const reference = await memberlist(referenceNodes)
    figures.push(...(await cores(createMemoryNetwork, reference)))
  }
  if (wants('simulated')) figures.push(...(await simulated()))
  process.stdout.write('\n')
  return printFigures(figures, 'memberlist')
}
