/**
 * `npm run bench [-- name …]`: measures the built program, each figure beside a reference of the same run.
 * `npm run bench -- membership [part …] [--runs N]`: the membership protocol; `npm run bench -- routing [part …] [--rounds N]`: what a
 * routed request costs; `npm run bench -- relay [part …] [--rounds N]`: what passing on through a hub costs; `npm run bench -- faults [part …]`: killed nodes, callers that go away or read slowly; `npm run bench -- window [part …]
 * [--rounds N] [--minutes N]`: how quick the window is; `npm run bench -- ai [part …] [--rounds N]`: what it costs to ask for models
 * through the mesh. These end with exit code 1 when a bar does not hold.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureBuilt } from '../../electron/checkout/build.mjs'
import { ai, aiParts } from './ai/ai.ts'
import { coldStart } from './cold-start.ts'
import { faults, faultsParts } from './faults.ts'
import { idle } from './idle.ts'
import { lanRest } from './lan-rest.ts'
import { printTable, type Row } from './measure.ts'
import { membership, membershipParts } from './membership/membership.ts'
import { relay, relayParts } from './relay/relay.ts'
import { routeLog } from './route-log.ts'
import { routingParts } from './routing/part-names.ts'
import { measureWindow, windowParts } from './window/window.ts'

const benches: Record<string, () => Promise<Row[]>> = { 'cold-start': coldStart, idle, lan: lanRest, 'route-log': routeLog }

const build = () => ensureBuilt(join(import.meta.dirname, '../..'))

/** Benches that have parts and bars; they run alone. */
const withBars: Record<string, { parts: readonly string[]; run: (chosen: readonly string[]) => Promise<boolean> }> = {
  membership: {
    parts: membershipParts,
    run: async (chosen) => {
      await build()
      return membership(chosen, { runs: Number(values.runs) })
    },
  },
  routing: {
    parts: [...routingParts, 'profile'],
    run: async (chosen) => {
      // loaded when needed: it looks which other programs are installed
      const { routing } = await import('./routing/routing.ts')
      return routing(chosen, { rounds: Number(values.rounds), build })
    },
  },
  relay: {
    parts: relayParts,
    run: async (chosen) => {
      await build()
      return relay(chosen, { rounds: Number(values.rounds) })
    },
  },
  faults: {
    parts: faultsParts,
    run: async (chosen) => {
      await build()
      return faults(chosen)
    },
  },
  ai: {
    parts: aiParts,
    run: async (chosen) => {
      await build()
      return ai(chosen, { rounds: Number(values.rounds) })
    },
  },
  window: {
    parts: windowParts,
    run: async (chosen) => {
      await build()
      return measureWindow(chosen, { rounds: Number(values.rounds), minutes: Number(values.minutes) })
    },
  },
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '20' }, rounds: { type: 'string', default: '5' }, minutes: { type: 'string', default: '2' } },
})
const [first, ...others] = positionals
const alone = withBars[first ?? '']
const chosen = alone === undefined ? positionals : others
const known = alone?.parts ?? [...Object.keys(benches), ...Object.keys(withBars)]
const unknown = chosen.filter((name) => !known.includes(name))
if (unknown.length > 0) {
  process.stderr.write(`There is no benchmark ${unknown.join(', ')}. There are: ${known.join(', ')}.\n`)
  process.exit(64)
}
if (alone !== undefined) process.exit((await alone.run(chosen)) ? 0 : 1)

await build()
const rows: Row[] = []
for (const [name, bench] of Object.entries(benches)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue
  process.stdout.write(`${name} …\n`)
  rows.push(...(await bench()))
}
process.stdout.write('\n')
printTable(rows)
