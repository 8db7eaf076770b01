/**
 * Pictures of every screen from the fixtures, light and dark, wide and narrow: `npm run screenshots -- [folder]
 * [part of a name]`. The page must have been built. Not a test: the pictures are for looking at, side by side in the
 * `index.html` beside them.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { launchBrowser } from './browser.ts'
import { contactSheet } from './contact-sheet.ts'
import { schemes, sizes, openForShots, withShot } from './show.ts'
import type { Shot } from './shot.ts'
import { shots } from './shots.ts'

/** One shot in both sizes and schemes; each begins anew, as pressing a button in one must not show in the next. */
async function take(page: Page, folder: string, shot: Shot): Promise<void> {
  for (const [size, viewport] of Object.entries(shot.sizes ?? sizes)) {
    await page.setViewportSize(viewport)
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await withShot(page, shot, async () => {
        await page.screenshot({ path: join(folder, `${shot.name}-${size}-${colorScheme}.png`) })
      })
    }
  }
}

const folder = resolve(process.argv[2] ?? 'out/screenshots')
const wanted = shots.filter(({ name }) => name.includes(process.argv[3] ?? ''))
await mkdir(folder, { recursive: true })
const browser = await launchBrowser()
try {
  let name = ''
  const page = await openForShots(browser, { onFault: (fault) => process.stdout.write(`${name}: ${fault}\n`) })
  for (const shot of wanted) {
    ;({ name } = shot)
    await take(page, folder, shot)
  }
  await writeFile(join(folder, 'index.html'), contactSheet(wanted))
} finally {
  await browser.close()
}
