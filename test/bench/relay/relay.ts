/** `npm run bench -- relay [part …]`: what it costs that a hub passes bytes on, and that members are attached to it; each figure with its bar. */
import { whyNoHomes } from '../../e2e/lan/home.ts'
import { type Figure, printFigures } from '../figure.ts'
import { hasHaproxy } from '../routing/haproxy.ts'
import { idleSpokes } from './idle-spokes.ts'
import { passing } from './passing.ts'

interface Part {
  /** Why it cannot be measured here; null when it can. */
  missing: () => string | null
  run: (options: { rounds: number }) => Promise<Figure[]>
  /** What the figures stand beside. */
  beside: string
}

const parts: Record<string, Part> = {
  passing: { missing: whyNoHomes, run: passing, beside: 'direct' },
  'idle-spokes': {
    missing: () => (process.platform === 'linux' ? null : 'it reads /proc'),
    run: idleSpokes,
    beside: 'none attached',
  },
}
export const relayParts = Object.keys(parts)

/** Runs the chosen parts, all when none is; false when a bar does not hold. */
export async function relay(chosen: readonly string[], options: { rounds: number }): Promise<boolean> {
  if (!hasHaproxy) process.stdout.write('haproxy is not installed: measured without it (apt-get install haproxy).\n')
  let held = true
  for (const [name, { missing, run, beside }] of Object.entries(parts)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue
    const why = missing()
    process.stdout.write(why === null ? `relay ${name} …\n` : `relay ${name}: not measured here (${why})\n`)
    if (why === null) held = printFigures(await run(options), beside) && held
  }
  return held
}
