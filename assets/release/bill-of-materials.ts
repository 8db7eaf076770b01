/**
 * The software bill of materials of a release, CycloneDX in JSON: `node assets/release/bill-of-materials.ts OUT`. npm lists
 * what stands in the lock file; what of it is in the packed program is known from its sources (assets/licences).
 */
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { collectLicences } from '../licences/collect-licences.ts'
import { type Bill, billOf } from './bill-of.ts'

const root = join(import.meta.dirname, '../..')
const [out] = process.argv.slice(2)
if (out === undefined) throw new Error('bill-of-materials.ts takes the file to write.')

const npm = spawnSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
  ...{ cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, shell: process.platform === 'win32' },
})
if (npm.status !== 0) throw new Error(`npm sbom failed: ${npm.stderr}`)
const bill = billOf(JSON.parse(npm.stdout) as Bill, collectLicences(root).libraries)
writeFileSync(out, `${JSON.stringify(bill, null, 2)}\n`)
const required = bill.components?.filter(({ scope }) => scope === 'required').length ?? 0
console.log(`${out}: ${required} of ${bill.components?.length ?? 0} components are in the program`)
