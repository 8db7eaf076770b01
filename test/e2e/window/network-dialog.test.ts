import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Snapshot } from '../../../electron/contract/snapshot.ts'
import { startPageServer } from '../../fakes/page-server.ts'
import { answers } from '../../fixtures/answers.ts'
import { discovered, network } from '../../fixtures/discovery.ts'
import { joinView } from '../../fixtures/views.ts'
import { calm, firstRun } from '../../fixtures/snapshot.ts'
import { launchBrowser } from '../browser.ts'
import { joinOrInvite } from '../shot.ts'

type PageServer = Awaited<ReturnType<typeof startPageServer>>

describe('on this network', () => {
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

  async function open(state: Snapshot, path = ''): Promise<void> {
    const scan = { state: 'running' as const, done: 0, total: 253, found: 0, startedAt: 0 }
    server = await startPageServer('out/renderer', state, {
      ...answers,
      'join.start': joinView(),
      'discovery.scan': scan,
      'discovery.cancel': {},
      'settings.update': { settings: { ...state.settings, portMapping: true }, restartNeeded: false },
    })
    page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' })
    page.setDefaultTimeout(15_000)
    page.on('pageerror', (error) => faults.push(error.message))
    await page.goto(server.url + path)
  }
  const openJoin = () => joinOrInvite(page, 'Join a mesh')
  const click = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const inputsOf = (name: string) => server.called.filter((call) => call.name === name).map(({ input }) => input)

  it('the first node that can be asked is chosen, so that one click asks, and no id of the network goes along', async () => {
    await open(calm({ network, discovered }))
    await openJoin()
    expect(await page.getByRole('radio', { name: /cellar-nas/ }).isChecked()).toBe(true)
    await click('Ask to join')
    await expect.poll(() => inputsOf('join.start')).toEqual([{ url: 'http://192.168.1.20:3000' }])
    expect(inputsOf('discovery.look').length).toBeGreaterThan(0)
  })

  it('a new node is invited, an old one needs its key, ours cannot be chosen', async () => {
    await open(calm({ network, discovered }))
    await openJoin()
    await page.getByRole('radio', { name: /office-box/ }).check()
    await page.getByRole('dialog').getByText('oskar-desktop').waitFor()
    expect(await page.getByRole('radio', { name: /oskar-desktop/ }).count()).toBe(0)
    await click('Enter its key…')
    expect(await page.getByLabel('URL of any node in the mesh').inputValue()).toBe('http://192.168.1.90:3000')
    await page.getByText('On this network', { exact: true }).click()
    await page.getByRole('radio', { name: /shed-pi/ }).check()
    await page.getByRole('dialog').getByRole('button', { name: 'Invite…' }).click()
    await page.getByRole('button', { name: 'Create invite' }).waitFor()
  })

  it('nodes come and go while one looks, and what was chosen stays chosen', async () => {
    const [first, second] = Object.values(discovered)
    await open(calm({ network, discovered: {} }))
    await openJoin()
    server.change({ discovered: { [second?.id ?? '']: second as NonNullable<typeof second> } })
    await page.getByRole('radio', { name: /jonas-laptop/ }).waitFor()
    server.change({ discovered })
    await page.getByRole('radio', { name: /cellar-nas/ }).waitFor()
    expect(await page.getByRole('radio', { name: /jonas-laptop/ }).isChecked()).toBe(true)
    server.change({ discovered: { [first?.id ?? '']: first as NonNullable<typeof first> } })
    await expect.poll(() => page.getByRole('radio', { name: /jonas-laptop/ }).count()).toBe(0)
    expect(await page.getByRole('radio', { name: /cellar-nas/ }).isChecked()).toBe(true)
  })

  it('no row moves while the pointer or the focus is in the list; who comes meanwhile is last until it leaves', async () => {
    const early = Object.values(discovered)[0] as NonNullable<(typeof discovered)[string]>
    const late = { ...early, id: 'LATE', name: 'attic-server', since: early.since - 60_000 }
    await open(calm({ network, discovered }))
    await openJoin()
    const names = () => page.locator('.found-node b').allTextContents()
    await page.locator('.found-node', { hasText: 'shed-pi' }).hover()
    const before = await names()
    server.change({ discovered: { ...discovered, LATE: late } })
    await expect.poll(names).toEqual([...before, 'attic-server'])
    await page.getByRole('radio', { name: /shed-pi/ }).focus()
    await page.mouse.move(0, 0)
    server.change({ discovered: { ...discovered, LATE: { ...late, meshes: [] } } })
    await page.getByText('In a mesh that does not tell its name').waitFor()
    expect(await names()).toEqual([...before, 'attic-server'])
    await page.getByRole('button', { name: 'Cancel', exact: true }).focus()
    server.change({ discovered: { ...discovered, LATE: late } })
    await expect.poll(names).toEqual(['attic-server', ...before])
  })

  it('when nobody appears within three seconds it says the usual reasons, and offers URL, invite, scan and the doctor', async () => {
    await open(firstRun({ network, discovered: {} }))
    await page.getByRole('button', { name: 'Join by URL or invite' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Looking since').waitFor()
    expect(await dialog.getByText('No node shows itself').count()).toBe(0)
    await dialog.getByText('No node shows itself').waitFor({ timeout: 5_000 })
    await dialog.getByText('Discovery does not work on Wi-Fi').waitFor()
    await click('Scan for older nodes')
    await expect.poll(() => inputsOf('discovery.scan').length).toBe(1)
    server.change({ network: { ...network, scan: { state: 'running', done: 100, total: 253, found: 0, startedAt: 0 } } })
    await dialog.getByText('100 of 253 addresses').waitFor()
    await click('Stop')
    await expect.poll(() => inputsOf('discovery.cancel').length).toBe(1)
    await click('Enter its URL')
    await dialog.getByLabel('URL of any node in the mesh').waitFor()
  })

  it('the doctor puts problems first, each with what to do and the command', async () => {
    await open(calm(), '#/settings/doctor')
    await page.getByText('2 problems were found.').waitFor()
    expect(await page.getByRole('heading', { level: 2 }).first().textContent()).toContain('ufw')
    await page.getByText('sudo ufw allow 3000/tcp').waitFor()
    await click('Look again')
    await expect.poll(() => inputsOf('doctor.run').length).toBeGreaterThan(1)
  })

  it('the router is asked only after the consequence was read, and what it says stands beside the switch', async () => {
    const state = calm()
    await open(state, '#/settings')
    const toggle = page.getByRole('switch', { name: 'Let the internet reach this computer' })
    await toggle.click({ force: true })
    const dialog = page.getByRole('dialog')
    await dialog.getByText('let the internet reach port 3000 of this computer. Anyone can then knock; only members').waitFor()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await dialog.waitFor({ state: 'detached' })
    expect(inputsOf('settings.update')).toEqual([])
    await toggle.click({ force: true })
    await dialog.getByRole('button', { name: 'Ask the router' }).click()
    await expect.poll(() => inputsOf('settings.update')).toEqual([{ portMapping: true }])
    const settings = { ...state.settings, portMapping: true }
    const shared = { state: 'failed', why: 'shared_address', detail: '100.64.7.1', retryAt: 0 } as const
    server.change({ settings, node: { ...state.node, portMapping: shared } })
    await page.getByText('Your provider shares one address among customers (CGNAT)').waitFor()
    const mapped = { state: 'mapped', by: 'UPnP', address: '11.22.33.1', port: 3000, until: null } as const
    server.change({ node: { ...state.node, portMapping: mapped } })
    await page.getByText('Reached at 11.22.33.1:3000 (UPnP)').waitFor()
  })

  it('made no script fail', () => {
    expect(faults).toEqual([])
  })
})
