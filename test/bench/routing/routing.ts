/** `npm run bench -- routing [part …] [--rounds N]`: what a routed request costs, each figure with its bars. */
import { type Figure, printFigures } from '../figure.ts'
import { balance } from './balance/balance.ts'
import { bodies } from './bodies.ts'
import { hasHaproxy } from './haproxy.ts'
import { hop, profileHop } from './hop.ts'
import type { RoutingPart } from './part-names.ts'
import { hasNginx } from './nginx.ts'
import { abuse } from './path/abuse.ts'
import { path } from './path/path.ts'
import { canPin } from './pinned-process.ts'
import { relaying } from './relaying.ts'
import { hasWrk } from './wrk.ts'

interface Part {
  run: (options: { rounds: number }) => Promise<Figure[]>
  /** Debian packages without which it cannot be measured. */
  needs: Record<string, boolean>
  /** What the figures stand beside. */
  beside: string
  /** Runs the built program. */
  built?: true
}

interface RoutingOptions {
  /** Interleaved measurements of each figure. */
  rounds: number
  /** Builds the program when that is needed. */
  build: () => Promise<void>
}

const parts: Record<RoutingPart, Part> = {
  hop: { run: hop, needs: { nginx: hasNginx, wrk: hasWrk }, beside: 'nginx' },
  bodies: { run: bodies, needs: { nginx: hasNginx }, beside: 'nginx' },
  path: { run: path, needs: {}, beside: 'direct', built: true },
  relaying: { run: relaying, needs: { nginx: hasNginx }, beside: '' },
  balance: { run: balance, needs: {}, beside: '' },
  abuse: { run: abuse, needs: {}, beside: 'without', built: true },
}

/** Runs the chosen parts, all when none is; false when a bar does not hold. */
export async function routing(chosen: readonly string[], { rounds, build }: RoutingOptions): Promise<boolean> {
  sayWhatIsMissing()
  let held = true
  for (const [name, { run, needs, beside, built }] of Object.entries(parts)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue
    if (!canRun(name, needs)) continue
    if (built) await build()
    process.stdout.write(`routing ${name} …\n`)
    held = printFigures(await run({ rounds }), beside) && held
  }
  if (chosen.includes('profile') && canRun('profile', parts.hop.needs)) await profileHop()
  return held
}

/** Says what is missing when it cannot. */
function canRun(name: string, needs: Part['needs']): boolean {
  const missing = Object.keys(needs).filter((need) => !needs[need])
  if (missing.length > 0)
    process.stdout.write(`${name} is not measured without ${missing.join(' and ')}: apt-get install ${missing.join(' ')}\n`)
  return missing.length === 0
}

function sayWhatIsMissing(): void {
  if (!canPin)
    process.stdout.write('taskset is not installed: nothing is pinned to a CPU, and figures vary more (apt-get install util-linux).\n')
  if (!hasHaproxy) process.stdout.write('haproxy is not installed: measured without it (apt-get install haproxy).\n')
}
