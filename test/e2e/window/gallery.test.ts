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

  /** Shows another part without loading the page anew. */
  async function open(address: string): Promise<void> {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await page.evaluate((hash) => void (location.hash = hash), address)
    await untilQuiet(page)
  }
  const linksIn = (selector: string) =>
    page.locator(`${selector} a[href^="#"]`).evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))

  /** Everything on show: sheets with many states, and states that have the page for themselves. */
  async function everything(): Promise<string[]> {
    await page.goto(server.url)
    await untilQuiet(page)
    const all: string[] = []
    for (const sheet of await linksIn('nav')) {
      await open(sheet)
      const states = await linksIn('figcaption')
      all.push(...(states.length === 0 ? [sheet] : states))
    }
    return all
  }

  it('shows every component in every state, in which axe finds nothing, light and dark', { timeout: 300_000 }, async () => {
    const addresses = await everything()
    expect(addresses.length).toBeGreaterThan(80)
    const found: Record<string, string[]> = {}
    for (const address of addresses) {
      await open(address)
      // whole screens are shots, too, and looked at there
      if (address.startsWith('#screen-')) continue
      // a sheet shows one part many times, under one name
      const violations = (await violationsOn(page)).filter((line) => !line.includes('| landmark-unique |'))
      if (violations.length > 0) found[address] = violations
    }
    expect(found).toEqual({})
  })

  it('made no script fail but the one that is meant to', () => {
    expect(faults.filter((fault) => !fault.includes('reading a name of nothing'))).toEqual([])
  })
})
