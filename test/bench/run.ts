/** `npm run bench [-- name …]`: measures the built program, each figure beside a reference of the same run. */
import { join } from 'node:path'
import { ensureBuilt } from '../../electron/checkout/build.mjs'
import { coldStart } from './cold-start.ts'
import { idle } from './idle.ts'
import { printTable, type Row } from './measure.ts'
import { routed } from './routed.ts'

const benches: Record<string, () => Promise<Row[]>> = { 'cold-start': coldStart, routed, idle }

const chosen = process.argv.slice(2)
const unknown = chosen.filter((name) => !Object.hasOwn(benches, name))
if (unknown.length > 0) {
  process.stderr.write(`There is no benchmark ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.\n`)
  process.exit(64)
}
await ensureBuilt(join(import.meta.dirname, '../..'))
const rows: Row[] = []
for (const [name, bench] of Object.entries(benches)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue
  process.stdout.write(`${name} …\n`)
  rows.push(...(await bench()))
}
process.stdout.write('\n')
printTable(rows)
