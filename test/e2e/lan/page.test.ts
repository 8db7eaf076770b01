import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { browserAt, type HostBrowser } from './browser-at.ts'
import { openHome, openServer, whyNoHomes } from './home.ts'
import { foundHub, type Internet, letInByInvite, openInternet, untilOnline } from './internet.ts'
import { skipped } from './lab.ts'
import type { Resident } from './resident.ts'

const missing = whyNoHomes()
const limit = 15_000

describe.skipIf(missing !== null)(`the page of a computer behind a router${skipped(missing)}`, () => {
  let internet: Internet
  let browser: HostBrowser
  let page: Page
  let [hub, ana, ben, cleo]: Resident[] = []

  beforeAll(async () => {
    internet = await openInternet()
    const { lab, settle } = internet
    const one = await openHome(lab, 'one', { addresses: '192.168.1', outside: '203.0.113.11', ports: 'kept' })
    const two = await openHome(lab, 'two', { addresses: '192.168.2', outside: '203.0.113.12', ports: 'random' })
    const homes = [await one.member('ana', 20), await one.member('ben', 21), await two.member('cleo', 20)]
    ;[hub, ana, ben, cleo] = await settle([await openServer(lab, 'hub', '203.0.113.1'), ...homes])
    browser = await browserAt((ana as Resident).host)
    page = await browser.page(limit)
  })
  afterAll(async () => {
    await browser?.[Symbol.asyncDispose]()
    await internet?.[Symbol.asyncDispose]()
  })

  it('joins a mesh at its hub, by the URL of the hub', async () => {
    const [vps, others] = [hub as Resident, [ben, cleo] as Resident[]]
    await foundHub(vps, 'Maple Street')
    await letInByInvite(vps, others)
    await page.goto((await (ana as Resident).call('page.link')).url)
    await page.getByRole('button', { name: 'Set up later' }).click()
    await page.getByRole('button', { name: 'Join by URL or invite' }).click()
    await page.getByText('By URL', { exact: true }).click() // the other one in this home is found by itself
    await page.getByLabel('URL of any node in the mesh').fill('http://203.0.113.1:3000')
    await page.getByText('A Free Compute Node: hub').waitFor()
    await page.getByRole('button', { name: 'Ask to join' }).click()
    const asked = await eventually('the request is there', async () => (await vps.call('request.list'))[0])
    await page.getByRole('button', { name: 'The codes match' }).click()
    await vps.fcn('approve', asked.id, '--code', asked.code ?? '')
    await page.getByText('You are a member of Maple Street').waitFor()
    await page.getByRole('button', { name: 'Done' }).click()
    expect(await untilOnline([vps, ana as Resident, ...others])).toBe(true)
  })

  it('shows who is reached directly and who through the hub, why, and the drawing of it', async () => {
    const open = (name: RegExp) => page.getByRole('button', { name })
    await page.getByRole('navigation').getByRole('link', { name: 'Peers' }).first().click()
    await open(/^Open details for hub, Online, Hub, Direct/u).waitFor()
    await open(/^Open details for ben, Online, Direct/u).waitFor()
    await open(/^Open details for cleo, Online, Relayed via hub/u).click()
    const reach = page.getByRole('complementary', { name: 'Details of cleo' }).getByRole('region', { name: 'How you reach it' })
    await reach.getByText('Relayed via hub', { exact: true }).waitFor()
    await reach.getByText('Why not direct').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('navigation').getByRole('link', { name: 'Overview' }).first().click()
    // the mesh; the traffic below has one, too
    await page.getByRole('button', { name: 'Show as a table' }).first().click()
    const row = page.getByRole('row', { name: /cleo/u })
    await row.waitFor()
    expect(await row.textContent()).toContain('Relayed via hub')
  })
})
