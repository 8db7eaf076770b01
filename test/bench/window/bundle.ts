/** What a first visit loads, as the browser asks for it. */
import type { Browser } from 'playwright-core'
import { firstLoad, firstLoadLimit, sizeOf } from '../../e2e/window/first-load.ts'
import { startPageServer } from '../../fakes/page-server.ts'
import { calm } from '../../fixtures/snapshot.ts'
import { atMost, type Figure } from '../figure.ts'

export async function bundle(browser: Browser): Promise<Figure[]> {
  const server = await startPageServer('out/renderer', calm())
  const page = await browser.newPage()
  try {
    const files = await firstLoad(page, server.url)
    for (const { path, gzipped } of files.slice(0, 6)) process.stdout.write(`  ${(gzipped / 1024).toFixed(1)} KiB ${path}\n`)
    return [
      {
        ...{ what: `${files.length} files of the first screen, gzip`, unit: 'KiB', values: [sizeOf(files) / 1024] },
        bars: [atMost(firstLoadLimit / 1024, [sizeOf(files) / 1024], `≤ ${firstLoadLimit / 1024} KiB`)],
      },
    ]
  } finally {
    await page.close()
    await server.stop()
  }
}
