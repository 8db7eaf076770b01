/**
 * Says to how many of a hundred installed apps a release is offered: `node assets/release/roll-out.ts 10 latest.yml …`. Each
 * app knows by itself, from a number that it never tells, whether it is among them. The signature holds whatever is said here.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { withField } from './release-statement.ts'

const [share = '', ...paths] = process.argv.slice(2)
if (!/^(?:100|[1-9]?\d)$/u.test(share) || paths.length === 0) throw new Error('roll-out.ts takes a number from 0 to 100, and files.')

for (const path of paths) {
  writeFileSync(path, withField(readFileSync(path, 'utf8'), 'stagingPercentage', Number(share)))
  console.log(`${path}: ${share} of 100`)
}
