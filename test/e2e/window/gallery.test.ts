import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PageServer, startPageServer } from '../../fakes/page-server.ts'
import { calm } from '../../fixtures/snapshot.ts'
import { launchBrowser } from '../browser.ts'
import { untilQuiet } from '../quiet.ts'
import { openForShots } from '../show.ts'
import { violationsOn } from './axe.ts'

describe('the gallery', () => {
  let folder: string
  let server: PageServer
  let browser: Browser
  let page: Page
  const faults: string[] = []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fcn-gallery-'))
    ;[browser] = await Promise.all([
      launchBrowser(),
      build({
        configFile: resolve('test/gallery/vite.config.ts'),
        logLevel: 'error',
        build: { outDir: folder, emptyOutDir: true, minify: false, chunkSizeWarningLimit: 10_000 },
      }),
    ])
    server = await startPageServer(folder, calm())
    page = await openForShots(browser, { onFault: (fault) => faults.push(fault) })
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  async function open(show: string): Promise<void> {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await page.goto(`${server.url}${show}`)
    await untilQuiet(page)
  }
  const linksIn = (selector: string) =>
    page.locator(`${selector} a[href^="?show="]`).evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))

  it('shows every component in every state, in which axe finds nothing, light and dark', { timeout: 240_000 }, async () => {
    await open('')
    const sheets = await linksIn('nav')
    expect(sheets.length).toBeGreaterThan(20)
    const found: Record<string, string[]> = {}
    for (const sheet of sheets) {
      await open(sheet)
      const windows = await linksIn('figcaption')
      if (windows.length === 0) found[sheet] = await violationsOn(page)
      for (const window of windows) {
        await open(window)
        found[window] = await violationsOn(page)
      }
    }
    expect(Object.fromEntries(Object.entries(found).filter(([, violations]) => violations.length > 0))).toEqual({})
  })

  it('made no script fail but the one that is meant to', () => {
    expect(faults.filter((fault) => !fault.includes('reading a name of nothing'))).toEqual([])
  })
})
