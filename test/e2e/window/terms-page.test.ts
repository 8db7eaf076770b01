import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startPageServer } from '../../fakes/page-server.ts'
import { answers } from '../../fixtures/answers.ts'
import { idFor } from '../../fixtures/household-peers.ts'
import { calm } from '../../fixtures/snapshot.ts'
import { launchBrowser } from '../browser.ts'

type PageServer = Awaited<ReturnType<typeof startPageServer>>

describe('the terms of a mesh on the page', () => {
  let browser: Browser
  let server: PageServer
  let page: Page
  const faults: string[] = []

  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(async () => browser.close())
  afterEach(async () => {
    await page.close()
    await server.stop()
  })

  async function open(path: string): Promise<void> {
    const [storage, films] = [calm().capabilities['storage'], calm().services['films']]
    const own = { ...(storage && { 'capability.set': storage }), ...(films && { 'service.limit': films }) }
    server = await startPageServer('out/renderer', calm(), { ...answers, ...own })
    page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' })
    page.setDefaultTimeout(15_000)
    page.on('pageerror', (error) => faults.push(error.message))
    await page.goto(server.url + path)
  }
  const inputsOf = (name: string) => server.called.filter((call) => call.name === name).map(({ input }) => input)

  it('are set by the keyboard alone, and only what was changed is sent', async () => {
    await open('#/capabilities')
    await page.getByRole('button', { name: 'Limits of Storage' }).press('Enter')
    const drawer = page.getByRole('complementary', { name: 'Limits of Storage' })
    await expect
      .poll(() => drawer.getByRole('button', { name: 'Close the limits of Storage' }).evaluate((it) => it === document.activeElement))
      .toBe(true)
    await drawer.getByLabel('Requests at once').focus()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('120')
    await page.keyboard.press('Enter')
    await drawer.getByLabel('Speed per peer').fill('20')
    await page.keyboard.press('Tab')
    await expect
      .poll(() => inputsOf('capability.set'))
      .toEqual([
        { name: 'storage', limits: { concurrent: 120 } },
        { name: 'storage', limits: { bandwidthPerPeer: 2_500_000 } },
      ])
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'detached' })
    expect(await page.getByRole('button', { name: 'Limits of Storage' }).evaluate((it) => it === document.activeElement)).toBe(true)
  })

  it('are set for a service beside its address', async () => {
    await open('#/services')
    const films = page.getByRole('listitem').filter({ hasText: 'Film server' })
    await films.getByRole('button', { name: /^Limits/u }).click()
    await films.getByRole('group', { name: 'Limits of Film server' }).getByLabel('Waiting requests').fill('4')
    await page.keyboard.press('Enter')
    await expect.poll(() => inputsOf('service.limit')).toEqual([{ service: 'films', limits: { queue: 4 } }])
  })

  it('are not sent while a number is not allowed, and the field says why', async () => {
    await open('#/capabilities/storage')
    const drawer = page.getByRole('complementary', { name: 'Limits of Storage' })
    await drawer.getByLabel('Requests at once').fill('8')
    await page.keyboard.press('Tab')
    await drawer.getByText('Not more than all together.').waitFor()
    await drawer.getByLabel('Waiting requests').fill('5000')
    await page.keyboard.press('Enter')
    await drawer.getByText('A whole number from 0 to 1024.').waitFor()
    expect(inputsOf('capability.set')).toEqual([])
    await drawer.getByLabel('At once per peer').fill('4')
    await drawer.getByLabel('Waiting requests').fill('16')
    await page.keyboard.press('Enter')
    await expect
      .poll(() => inputsOf('capability.set'))
      .toEqual([{ name: 'storage', limits: { concurrent: 8, concurrentPerPeer: 4, queue: 16 } }])
  })

  it('are set on a slider in steps, and one undo takes a change back', async () => {
    await open('#/capabilities/storage')
    const thumb = page.getByRole('slider', { name: 'Keep disk free' })
    expect(await thumb.getAttribute('aria-valuetext')).toBe('No limit')
    await thumb.press('ArrowRight')
    await expect.poll(() => inputsOf('capability.set')).toEqual([{ name: 'storage', conditions: { keepFreeDisk: 20e9 } }])
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => inputsOf('capability.set').at(-1)).toEqual({ name: 'storage', conditions: { keepFreeDisk: null } })
    await page.getByText('Taken back').waitFor()
  })

  it('show who serves this computer, and ask again when something changes, at most once a second', async () => {
    await open('#/capabilities')
    await page.getByText('3 requests under way').waitFor()
    await page.getByRole('list', { name: 'Not used' }).getByText('Does not let this computer use it').waitFor()
    expect(inputsOf('route.explain')).toEqual([{ capability: 'ai' }])
    await page.getByRole('radiogroup', { name: 'Who serves this computer' }).getByText('Gateway').click()
    await expect.poll(() => inputsOf('route.explain').at(-1)).toEqual({ capability: 'gateway' })
    const before = inputsOf('route.explain').length
    const begun = Date.now()
    for (let i = 0; i < 30; i++) {
      server.change({
        resources: { cpu: { model: 'x', cores: 8, busy: i / 100, load: 1 }, memory: { total: 9, free: 1 }, disk: null, gpus: [] },
      })
      await page.waitForTimeout(50)
    }
    await expect.poll(() => inputsOf('route.explain').length).toBeGreaterThan(before)
    expect(inputsOf('route.explain').length - before).toBeLessThanOrEqual(Math.ceil((Date.now() - begun) / 1_000))
  })

  it('say in the details of a peer why it is not used', async () => {
    await open(`#/peers/${idFor('oskar-desktop')}`)
    const lines = page.getByRole('list', { name: 'What this computer uses of it' }).getByRole('listitem')
    await lines.nth(1).waitFor()
    for (const text of await lines.allInnerTexts()) expect(text).toContain('Does not let this computer use it')
    expect(faults, 'errors on the page in all of these').toEqual([])
  })
})
