/** `npm run bench -- relay [part …]`: what it costs that a hub passes bytes on; each figure with its bar. Needs root and Linux. */
import { whyNoHomes } from '../../e2e/lan/home.ts'
import { type Figure, printFigures } from '../figure.ts'
import { hasHaproxy } from '../routing/haproxy.ts'
import { passing } from './passing.ts'

const parts: Record<string, (options: { rounds: number }) => Promise<Figure[]>> = { passing }
export const relayParts = Object.keys(parts)

/** Runs the chosen parts, all when none is; false when a bar does not hold. */
export async function relay(chosen: readonly string[], options: { rounds: number }): Promise<boolean> {
  const missing = whyNoHomes()
  if (missing !== null) {
    process.stdout.write(`relay: not measured here (${missing})\n`)
    return true
  }
  if (!hasHaproxy) process.stdout.write('haproxy is not installed: measured without it (apt-get install haproxy).\n')
  let held = true
  for (const [name, run] of Object.entries(parts)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue
    process.stdout.write(`relay ${name} …\n`)
    held = printFigures(await run(options), 'direct') && held
  }
  return held
}
