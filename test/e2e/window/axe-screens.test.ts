import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../browser.ts'
import { openForShots, withShot } from '../show.ts'
import { shots } from '../shots.ts'
import { violationsOn } from './axe.ts'

describe('axe finds nothing, light and dark, on', () => {
  let browser: Browser
  let page: Page
  let faults: string[] = []

  beforeAll(async () => {
    browser = await launchBrowser()
    page = await openForShots(browser, { onFault: (fault) => faults.push(fault) })
  })
  afterAll(async () => browser?.close())

  it.each(shots)('$name', async (shot) => {
    faults = []
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await withShot(page, shot, async () => {
      expect(await violationsOn(page)).toEqual([])
      expect(faults).toEqual([])
    })
  })
})
