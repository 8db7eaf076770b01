import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { browserAt, expectShown, type HostBrowser } from './browser-at.ts'
import { openInternet, type Internet } from './internet.ts'
import { skipped, whyNoLab } from './lab.ts'
import type { Resident } from './resident.ts'

const missing = whyNoLab()
const limit = 20_000

describe.skipIf(missing !== null)(`two windows on two computers of one LAN${skipped(missing)}`, () => {
  let internet: Internet
  let browsers: HostBrowser[]
  let atAttic: Page
  let atMia: Page

  beforeAll(async () => {
    internet = await openInternet()
    const { lab, settle } = internet
    await lab.lan('home')
    const hosts = await Promise.all(['attic', 'mia'].map((name) => lab.host(name)))
    for (const [index, host] of hosts.entries()) await host.plug('home', 'eth0', `10.1.0.${index + 2}/24`)
    const residents = (await settle(hosts)) as [Resident, Resident]
    const [attic] = residents
    await attic.fcn('create', 'Maple Street')
    await attic.fcn('settings', 'set', 'tellMeshNames', 'on')
    browsers = await Promise.all(hosts.map(browserAt))
    ;[atAttic, atMia] = (await Promise.all(
      residents.map(async (resident, index) => {
        await resident.call('setup.set', { state: 'finished' })
        const page = await (browsers[index] as HostBrowser).page(limit)
        await page.goto((await resident.call('page.link')).url)
        return page
      }),
    )) as [Page, Page]
  })
  afterAll(async () => {
    await Promise.all((browsers ?? []).map((browser) => browser[Symbol.asyncDispose]()))
    await internet?.[Symbol.asyncDispose]()
  })

  it('mia sees attic in the list by itself, and asks with one click', async () => {
    await atMia.getByRole('button', { name: /^Join by URL or invite/u }).click()
    const dialog = atMia.getByRole('dialog')
    const found = dialog.getByRole('group', { name: /Maple Street/u })
    await expectShown(found.getByRole('radio', { name: /attic/u }).and(dialog.locator(':checked')))
    await dialog.getByRole('button', { name: 'Ask to join' }).click()
    await expectShown(dialog.getByText('Waiting for approval on attic'))
  })

  it('attic is asked; both screens show one code, and after both have said so mia is a member', async () => {
    await atAttic.getByRole('button', { name: 'Review…' }).click()
    const codes = [atAttic, atMia].map((page) =>
      page
        .getByRole('dialog')
        .getByRole('img', { name: /^Code \d/u })
        .getAttribute('aria-label'),
    )
    const [here, there] = await Promise.all(codes)
    expect(here).toBe(there)
    await atAttic.getByRole('button', { name: 'Codes match, approve' }).click()
    await atMia.getByRole('button', { name: 'The codes match' }).click()
    await expectShown(atMia.getByText('You are a member of Maple Street'))
    await atMia.getByRole('button', { name: 'Done' }).click()
  })

  it('mia reaches attic at its address in the LAN, and the list shows it as one of its mesh', async () => {
    await atMia
      .getByRole('navigation')
      .getByRole('link', { name: /^Peers/u })
      .first()
      .click()
    await atMia.getByRole('button', { name: /^Open details for attic, Online, Direct/u }).click()
    const reach = atMia.getByRole('complementary', { name: 'Details of attic' }).getByRole('region', { name: 'How you reach it' })
    await expectShown(reach.getByText('10.1.0.2:3000'))
    await expectShown(reach.getByText(/Works, last contact/u).first())
    await atMia.getByRole('button', { name: 'Join a mesh' }).click()
    await expectShown(atMia.getByRole('dialog').getByText('Already in your meshes'))
  })
})
