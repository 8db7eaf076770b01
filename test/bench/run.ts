/**
 * `npm run bench [-- name …]`: measures the built program, each figure beside a reference of the same run.
 * `npm run bench -- membership [part …] [--runs N]`: the membership protocol; exit code 1 when a bar does not hold.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureBuilt } from '../../electron/checkout/build.mjs'
import { coldStart } from './cold-start.ts'
import { idle } from './idle.ts'
import { lanRest } from './lan-rest.ts'
import { printTable, type Row } from './measure.ts'
import { membership, membershipParts } from './membership/membership.ts'
import { routeLog } from './route-log.ts'
import { routed } from './routed.ts'

const benches: Record<string, () => Promise<Row[]>> = { 'cold-start': coldStart, routed, idle, lan: lanRest, 'route-log': routeLog }

const { values, positionals } = parseArgs({ allowPositionals: true, options: { runs: { type: 'string', default: '20' } } })
const [first, ...others] = positionals
const isMembership = first === 'membership'
const chosen = isMembership || first === undefined ? others : [first, ...others]
const known = isMembership ? membershipParts : [...Object.keys(benches), 'membership']
const unknown = chosen.filter((name) => !known.includes(name))
if (unknown.length > 0) {
  process.stderr.write(`There is no benchmark ${unknown.join(', ')}. There are: ${known.join(', ')}.\n`)
  process.exit(64)
}
await ensureBuilt(join(import.meta.dirname, '../..'))
if (isMembership) process.exit((await membership(chosen, { runs: Number(values.runs) })) ? 0 : 1)

const rows: Row[] = []
for (const [name, bench] of Object.entries(benches)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue
  process.stdout.write(`${name} …\n`)
  rows.push(...(await bench()))
}
process.stdout.write('\n')
printTable(rows)
