import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPageServer } from '../../fakes/page-server.ts'
import { calm } from '../../fixtures/snapshot.ts'
import { launchBrowser } from '../browser.ts'
import { firstLoad, firstLoadLimit, sizeOf } from './first-load.ts'

describe('the first visit of the window', () => {
  let browser: Browser
  let server: Awaited<ReturnType<typeof startPageServer>>

  beforeAll(async () => {
    browser = await launchBrowser()
    server = await startPageServer('out/renderer', calm())
  })
  afterAll(async () => {
    await browser.close()
    await server.stop()
  })

  it(`loads at most ${firstLoadLimit / 1024} KiB, compressed`, async () => {
    const files = await firstLoad(await browser.newPage(), server.url)
    expect(files.some(({ path }) => path.endsWith('.js')) && files.some(({ path }) => path.endsWith('.css'))).toBe(true)
    expect(sizeOf(files), JSON.stringify(files, null, 1)).toBeLessThanOrEqual(firstLoadLimit)
  })
})
