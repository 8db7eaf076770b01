import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPageServer } from '../../fakes/page-server.ts'
import { idFor, maple } from '../../fixtures/household-peers.ts'
import { busyHub, meshOfSize, relaying } from '../../fixtures/hubs.ts'
import { launchBrowser } from '../browser.ts'
import { openMesh, press } from '../shot.ts'

describe('hubs in the page', () => {
  let browser: Browser
  let server: Awaited<ReturnType<typeof startPageServer>>
  let page: Page
  const faults: string[] = []

  beforeAll(async () => {
    browser = await launchBrowser()
    server = await startPageServer('out/renderer', relaying(), { 'hub.set': busyHub({ on: false }) })
    page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' })
    page.setDefaultTimeout(15_000)
    page.on('pageerror', (error) => faults.push(error.message))
    await page.goto(server.url)
  })
  afterAll(async () => {
    await browser.close()
    await server.stop()
  })
  const sent = () => server.called.filter(({ name }) => name === 'hub.set').map(({ input }) => input)

  it('stop relaying only after a word about whom it concerns', async () => {
    await openMesh(page)
    await page.getByRole('switch', { name: 'Relay for this mesh' }).press('Space')
    await page.getByText('What 2 pairs of members do through this computer now is cut.').waitFor()
    expect(sent()).toEqual([])
    await page.getByRole('button', { name: 'Stop relaying' }).click()
    await expect.poll(sent).toEqual([{ mesh: maple.id, on: false }])
  })

  it('take limits in the units people know', async () => {
    await press(page, /^Limits/u)
    await page.getByRole('textbox', { name: 'Speed' }).fill('20')
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: 'Data per month' }).fill('')
    await page.keyboard.press('Tab')
    await expect.poll(sent).toEqual([
      { mesh: maple.id, on: false },
      { mesh: maple.id, limits: { bytesPerSecond: 2_500_000 } },
      { mesh: maple.id, limits: { bytesPerMonth: null } },
    ])
    await page.keyboard.press('Escape')
  })

  it('are drawn with one stop for the tab key: arrow keys go on from there, Enter opens the peer', async () => {
    server.change(meshOfSize({ count: 200, hubs: 2 }))
    const drawing = page.getByRole('group', { name: /^Maple Street: \d+ of 200 peers online/u })
    await drawing.waitFor()
    await expect.poll(() => drawing.getByRole('link').count()).toBe(200)
    expect(await drawing.locator('a[tabindex="0"]').count()).toBe(1)
    const focused = async () => (await page.locator(':focus').getAttribute('aria-label')) ?? ''
    await drawing.locator('a[tabindex="0"]').focus()
    const first = await focused()
    await page.keyboard.press('ArrowDown')
    const next = await focused()
    expect(next).not.toBe(first)
    await page
      .locator('.topology-tag')
      .getByText(next.split(',')[0] ?? '')
      .waitFor()
    const before = await drawing
      .locator(`[data-node="${idFor('cellar-nas')}"] g`)
      .first()
      .getAttribute('transform')
    const { peers } = meshOfSize({ count: 200, hubs: 2 })
    const cellar = peers[idFor('cellar-nas')]
    if (cellar !== undefined) server.change({ peers: { ...peers, [cellar.id]: { ...cellar, state: 'offline', path: null } } })
    await drawing.getByRole('link', { name: /^cellar-nas, Last seen/u }).waitFor()
    expect(
      await drawing
        .locator(`[data-node="${idFor('cellar-nas')}"] g`)
        .first()
        .getAttribute('transform'),
    ).toBe(before)
    await page.keyboard.press('Enter')
    await page.getByRole('complementary', { name: `Details of ${next.split(',')[0]}` }).waitFor()
  })

  it('are said in a table, too', async () => {
    await page.getByRole('navigation').getByRole('link', { name: 'Overview' }).click()
    await press(page, 'Show as a table')
    const row = page.getByRole('row', { name: /^attic-nas .*Relayed via vps-helsinki/u })
    await row.waitFor()
    expect(await page.getByRole('row').count()).toBe(201)
    await row.getByRole('link').click()
    await page.getByRole('complementary', { name: 'Details of attic-nas' }).getByText('Why not direct').waitFor()
    expect(faults).toEqual([])
  })
})
