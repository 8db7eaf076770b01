/**
 * Takes the pictures that the test compares with, anew: `npm run references [-- part of a name]`. The page must have
 * been built. Look at what `git diff` shows before it is committed: from then on it is how the window has to look.
 */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { launchBrowser } from '../browser.ts'
import { openForShots } from '../show.ts'
import { folder, fontsFile, fontsOf, references, takePicture } from './references.ts'

const part = process.argv[2] ?? ''
await mkdir(folder, { recursive: true })
const browser = await launchBrowser()
try {
  const page = await openForShots(browser, { onFault: (fault) => process.stdout.write(`${fault}\n`) })
  const known = new Set(references.map(({ file }) => file))
  for (const name of await readdir(folder)) if (name.endsWith('.png') && !known.has(name)) await rm(join(folder, name))
  let bytes = 0
  for (const reference of references) {
    if (!reference.file.includes(part)) continue
    const picture = await takePicture(page, reference)
    bytes += picture.length
    await writeFile(join(folder, reference.file), picture)
  }
  await writeFile(fontsFile, `${await fontsOf(page)}\n`)
  process.stdout.write(`${Math.round(bytes / 1000)} kB of pictures in ${folder}\n`)
} finally {
  await browser.close()
}
