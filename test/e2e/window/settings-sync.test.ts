import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPageServer } from '../../fakes/page-server.ts'
import { calm } from '../../fixtures/snapshot.ts'
import { syncHubs, syncTokens } from '../../fixtures/sync.ts'
import { launchBrowser } from '../browser.ts'

const [token] = syncTokens as [(typeof syncTokens)[number]]
const [hub] = syncHubs as [(typeof syncHubs)[number]]

describe('hub sync in the settings', () => {
  let browser: Browser
  let server: Awaited<ReturnType<typeof startPageServer>>
  let page: Page
  const faults: string[] = []

  beforeAll(async () => {
    browser = await launchBrowser()
    server = await startPageServer('out/renderer', calm(), {
      ...{ 'sync.token.create': { token, secret: 'fcnsync_shown-once' }, 'sync.token.revoke': token },
      ...{ 'sync.hub.add': hub, 'sync.hub.set': hub, 'sync.hub.remove': hub, 'sync.run': [hub] },
    })
    page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' })
    page.setDefaultTimeout(15_000)
    page.on('pageerror', (error) => faults.push(error.message))
    await page.goto(`${server.url}#/settings`)
  })
  afterAll(async () => {
    await browser.close()
    await server.stop()
  })

  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const dialog = () => page.getByRole('dialog')
  const sent = (call: string) => server.called.filter(({ name }) => name === call).map(({ input }) => input)

  it('shows a new token once, warns that it travels unencrypted, and lists when and from where each was used', async () => {
    const tokens = page.getByRole('list', { name: 'Sync tokens' })
    await tokens.getByText(/Last used .* from 192\.168\.1\.77\./u).waitFor()
    expect(await tokens.getByText('Not used yet.').isVisible()).toBe(true)
    await button('New token…').click()
    await dialog().getByText('It travels unencrypted').waitFor()
    await page.getByLabel('Who it is for').fill('Old NAS')
    await page.keyboard.press('Enter')
    await dialog().getByText('fcnsync_shown-once').waitFor()
    expect(await button('Copy the token').isVisible()).toBe(true)
    await button('Done').click()
    expect(await page.getByText('fcnsync_shown-once').count()).toBe(0)
    expect(sent('sync.token.create')).toEqual([{ name: 'Old NAS' }])
  })

  it('takes a token back only after saying what that means', async () => {
    await button('Take back the token for Grandma’s box').click()
    await dialog().getByText('Grandma’s box can no longer sync with this node').waitFor()
    expect(sent('sync.token.revoke')).toEqual([])
    await button('Take back').click()
    await expect.poll(() => sent('sync.token.revoke')).toEqual([{ id: token.id }])
  })

  it('adds a hub, and warns of plain HTTP only where somebody can read along', async () => {
    await button('Add hub…').click()
    const warning = dialog().getByText('It travels unencrypted')
    const url = page.getByLabel('Address of the hub')
    await url.fill('https://hub.example')
    expect(await warning.count()).toBe(0)
    await url.fill('http://192.168.1.20:3000')
    await warning.waitFor()
    expect(await page.getByRole('textbox', { name: 'Token' }).getAttribute('type')).toBe('password')
    await page.getByRole('textbox', { name: 'Token' }).fill('the-token')
    await button('Sync with it').click()
    await expect.poll(() => sent('sync.hub.add')).toEqual([{ url: 'http://192.168.1.20:3000', token: 'the-token', every: 'hour' }])
  })

  it('syncs, changes how often and removes from the line of a hub, which says how it goes', async () => {
    const hubs = page.getByRole('list', { name: 'Hubs' })
    expect(await hubs.getByText(/1 added, 6 updated/u).isVisible()).toBe(true)
    expect(await hubs.getByText('hub.example is an older node that cannot sync.').isVisible()).toBe(true)
    await button('Sync now with 192.168.1.77:3000').click()
    await expect.poll(() => sent('sync.run')).toEqual([{ hub: 'hub-1' }])
    await page.getByRole('combobox', { name: 'How often to sync with 192.168.1.77:3000' }).click()
    await page.getByRole('option', { name: 'Only when I ask' }).click()
    await expect.poll(() => sent('sync.hub.set')).toEqual([{ hub: 'hub-1', every: 'off' }])
    await button('Remove 192.168.1.77:3000').click()
    await dialog().getByText('What came from it stays.').waitFor()
    await button('Remove').click()
    await expect.poll(() => sent('sync.hub.remove')).toEqual([{ hub: 'hub-1' }])
  })

  it('made no script fail', () => {
    expect(faults).toEqual([])
  })
})
