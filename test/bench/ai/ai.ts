/** `npm run bench -- ai [part …]`: what it costs to ask for models through the mesh, each figure with its bar. */
import { type Figure, printFigures } from '../figure.ts'
import { added } from './added.ts'
import { crowd } from './crowd.ts'
import { slowEngine, threeEngines } from './spread.ts'

const parts: Record<string, (options: { rounds: number }) => Promise<Figure[]>> = {
  added,
  crowd,
  'three-engines': threeEngines,
  'slow-engine': slowEngine,
}
export const aiParts = Object.keys(parts)

/** Runs the chosen parts, all when none is; false when a bar does not hold. */
export async function ai(chosen: readonly string[], options: { rounds: number }): Promise<boolean> {
  let held = true
  for (const [name, run] of Object.entries(parts)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue
    process.stdout.write(`ai ${name} …\n`)
    held = printFigures(await run(options), 'direct') && held
  }
  return held
}
