/**
 * Pictures of every screen from the fixtures, light and dark, wide and narrow: `node test/e2e/screenshots.ts [folder]
 * [part of a name]`. The page must have been built. Not a test: the pictures are for looking at.
 */
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Browser } from 'playwright-core'
import { startPageServer } from '../fakes/page-server.ts'
import { answers } from '../fixtures/answers.ts'
import { fixtureTime } from '../fixtures/household-peers.ts'
import { launchBrowser } from './browser.ts'
import type { Shot } from './shot.ts'
import { shots } from './shots.ts'

const sizes = { wide: { width: 1280, height: 800 }, narrow: { width: 420, height: 800 } }

async function take(browser: Browser, folder: string, { name, state, path = '', answers: own, act }: Shot): Promise<void> {
  const server = await startPageServer(resolve('out/renderer'), state, { ...answers, ...own })
  try {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const [size, viewport] of Object.entries(sizes)) {
        const page = await browser.newPage({ viewport, colorScheme, locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce' })
        page.on(
          'console',
          (message) => ['error', 'warning'].includes(message.type()) && process.stdout.write(`${name}: ${message.text()}\n`),
        )
        page.on('pageerror', (error) => process.stdout.write(`${name}: ${error.message}\n`))
        await page.clock.setFixedTime(fixtureTime)
        await page.goto(server.url + path)
        await page.locator('#main').waitFor()
        await page.waitForTimeout(150)
        await act?.(page)
        await page.waitForTimeout(450)
        await page.screenshot({ path: join(folder, `${name}-${size}-${colorScheme}.png`) })
        await page.close()
      }
    }
  } finally {
    await server.stop()
  }
}

const folder = resolve(process.argv[2] ?? 'out/screenshots')
const wanted = process.argv[3] ?? ''
await mkdir(folder, { recursive: true })
const browser = await launchBrowser()
try {
  for (const shot of shots) if (shot.name.includes(wanted)) await take(browser, folder, shot)
} finally {
  await browser.close()
}
