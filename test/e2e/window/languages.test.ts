import { resolve } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startPageServer } from '../../fakes/page-server.ts'
import { answers } from '../../fixtures/answers.ts'
import { calm } from '../../fixtures/snapshot.ts'
import { launchBrowser } from '../browser.ts'

/** Keeps every state of the page's text, from the first on. */
function watchTexts(): void {
  const seen: string[] = []
  Object.assign(window, { seenTexts: seen })
  new MutationObserver(() => seen.push(document.body?.innerText ?? '')).observe(document, {
    childList: true,
    subtree: true,
    characterData: true,
  })
}
const seenTexts = (page: Page) => page.evaluate(() => (window as unknown as { seenTexts: string[] }).seenTexts.join('\n'))

const navigation = (page: Page, name: string) => page.getByRole('navigation').first().getByRole('link', { name }).waitFor()

describe('languages of the window', () => {
  let browser: Browser
  let server: Awaited<ReturnType<typeof startPageServer>>
  let page: Page

  /** Opens the window of a node whose settings ask for `language`, in a browser of these options. */
  async function open(language: string, options: BrowserContextOptions = {}): Promise<void> {
    const state = calm()
    server = await startPageServer(resolve('out/renderer'), { ...state, settings: { ...state.settings, language } }, answers)
    page = await browser.newPage({ locale: 'en-GB', reducedMotion: 'reduce', ...options })
    page.setDefaultTimeout(15_000)
    await page.addInitScript(watchTexts)
  }

  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterEach(async () => {
    await page.close()
    await server.stop()
  })
  afterAll(() => browser?.close())

  it('are the one of the settings from the first word on, with its direction', async () => {
    await open('ar')
    await page.goto(server.url)
    await navigation(page, 'النظراء')
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl')
    expect(await seenTexts(page)).not.toContain('Overview')
  })

  it('are the one of the browser while nobody chose one', async () => {
    await open('system', { locale: 'fr-CA' })
    await page.goto(server.url)
    await navigation(page, 'Pairs')
    expect(await seenTexts(page)).not.toContain('Overview')
  })

  it('change at once when the settings do, and back', async () => {
    await open('en')
    await page.goto(server.url)
    await navigation(page, 'Peers')
    server.change({ settings: { ...calm().settings, language: 'ar' } })
    await navigation(page, 'النظراء')
    server.change({ settings: { ...calm().settings, language: 'de' } })
    await navigation(page, 'Übersicht')
    expect(await page.locator('html').getAttribute('dir')).toBe('ltr')
  })

  it('fall back to English when their texts cannot be loaded', async () => {
    await open('de')
    await page.route('**/assets/german-*.js', (route) => route.abort())
    await page.goto(server.url)
    await navigation(page, 'Peers')
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
  })
})
