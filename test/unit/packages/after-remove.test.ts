import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tempDir } from '../../fakes/temp-dir.ts'

const template = readFileSync(join(import.meta.dirname, '../../../assets/packages/linux/after-remove.sh'), 'utf8')

/** Runs the script on a disk of its own, with the words that dpkg and rpm say; what is left of the program's traces there. */
function leftAfter(word: string): { link: boolean; profile: boolean; data: boolean } {
  const disk = tempDir()
  for (const folder of ['bin', 'usr/bin', 'etc/apparmor.d', 'home/.config/free-compute-node'])
    mkdirSync(join(disk, folder), { recursive: true })
  const link = join(disk, 'usr/bin/free-compute-node')
  const profile = join(disk, 'etc/apparmor.d/free-compute-node')
  const data = join(disk, 'home/.config/free-compute-node/identity.key')
  for (const file of [link, profile, data]) writeFileSync(file, '')
  // as the system's own tool, which knows nothing but this link
  writeFileSync(join(disk, 'bin/update-alternatives'), `#!/bin/bash\n[ "$1" = --remove ] && rm -f '${link}'\n`, { mode: 0o755 })
  const script = template
    .replaceAll('${executable}', 'free-compute-node')
    .replaceAll('${sanitizedProductName}', 'Free Compute Node')
    .replaceAll(/(['" ])\/(usr|etc)\//gu, `$1${disk}/$2/`)
  const file = join(disk, 'postrm')
  writeFileSync(file, script)
  execFileSync('bash', [file, word], { env: { PATH: `${disk}/bin:/usr/bin:/bin`, HOME: join(disk, 'home') } })
  return { link: existsSync(link), profile: existsSync(profile), data: existsSync(data) }
}

test.skipIf(process.platform === 'win32').each([
  ['dpkg', 'upgrade'],
  ['dpkg', 'failed-upgrade'],
  ['dpkg', 'abort-upgrade'],
  ['rpm', '1'],
])('%s: an upgrade ("%s") leaves everything in its place', (_tool, word) => {
  expect(leftAfter(word)).toEqual({ link: true, profile: true, data: true })
})

test.skipIf(process.platform === 'win32').each([
  ['dpkg', 'remove'],
  ['dpkg', 'purge'],
  ['rpm', '0'],
])('%s: a removal ("%s") takes what belongs to the program, and nothing of what the node keeps', (_tool, word) => {
  expect(leftAfter(word)).toEqual({ link: false, profile: false, data: true })
})
