import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Answers, type PageServer, startPageServer } from '../../fakes/page-server.ts'
import { answers } from '../../fixtures/answers.ts'
import { calm } from '../../fixtures/snapshot.ts'
import { launchBrowser } from '../browser.ts'
import { joinOrInvite } from '../shot.ts'

describe('a window whose parts fail or wait', () => {
  let browser: Browser
  let server: PageServer
  let page: Page

  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(async () => browser?.close())
  afterEach(async () => {
    await page.close()
    await server.stop()
  })

  async function open(path = '', own: Answers = {}, before: (page: Page) => Promise<unknown> = async () => undefined): Promise<void> {
    server = await startPageServer('out/renderer', calm(), { ...answers, ...own })
    page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' })
    page.setDefaultTimeout(15_000)
    await before(page)
    await page.goto(server.url + path)
  }
  const link = (name: string | RegExp) => page.getByRole('navigation').getByRole('link', { name })

  it('says that a screen stopped, keeps the others, and loads it again', async () => {
    await open('', {}, (opened) => opened.route('**/assets/peers-*.js', (route) => route.abort()))
    await link(/^Peers/u).click()
    await page.getByRole('alert').getByText('This screen stopped').waitFor()
    await link('Services').click()
    await page.getByRole('heading', { name: 'Services' }).waitFor()
    await link(/^Peers/u).click()
    await page.getByText('This screen stopped').waitFor()
    await page.unroute('**/assets/peers-*.js')
    await page.getByRole('button', { name: 'Load again' }).click()
    await page.getByRole('button', { name: /^Open details for attic-nas/u }).waitFor()
    expect(await page.getByText('This screen stopped').count()).toBe(0)
  })

  it('says that a dialog stopped, which can be closed', async () => {
    await open('', {}, (opened) => opened.route('**/assets/join-dialog-*.js', (route) => route.abort()))
    await joinOrInvite(page, 'Join a mesh')
    await page.getByRole('dialog').getByText('This dialog stopped').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await link(/^Peers/u).isVisible()).toBe(true)
  })

  it('shows grey lines only when a screen is not there within 300 ms', async () => {
    let letIn: () => void = () => undefined
    const held = new Promise<void>((resolve) => (letIn = resolve))
    await open('', {}, (opened) =>
      opened.route('**/assets/services-*.js', async (route) => {
        await held
        await route.continue()
      }),
    )
    await link('Services').click()
    await page.getByRole('status').getByText('Loading…').waitFor()
    expect(await page.getByRole('main').getAttribute('aria-busy')).toBe('true')
    letIn()
    await page.getByRole('heading', { name: 'Services' }).waitFor()
    expect(await page.locator('.loading-line').count()).toBe(0)
  })

  it('keeps the last known state while the node is away, and says so; later since when', async () => {
    await open()
    await page.getByRole('heading', { name: 'Maple Street' }).first().waitFor()
    await page.clock.install()
    server.leave()
    await page.getByText('Reconnecting… This is the last known state.').waitFor()
    await page.clock.fastForward('00:25')
    await page.getByText(/^The node has not answered since \d\d:\d\d\./u).waitFor()
    expect(await page.getByRole('heading', { name: 'Maple Street' }).first().isVisible()).toBe(true)
  })
})
