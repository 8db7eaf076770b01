import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../browser.ts'
import { eventually } from '../../support/eventually.ts'
import { type NodeProcess, startNode } from '../node-process.ts'
import { openMesh } from '../shot.ts'

/** What the page may not do: fail in a script, or try what its policy forbids. A lost connection is no fault of the page. */
const faults: string[] = []

/** Signs a browser of its own in to a node, by a one-time link as a person would. */
async function openPage(browser: Browser, node: NodeProcess): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  page.on('pageerror', (error) => faults.push(`${node.name}: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('net::ERR_')) faults.push(`${node.name}: ${message.text()}`)
  })
  const { body } = await node.call('page.link')
  await page.goto((body.value as { url: string }).url)
  return page
}

const goTo = (page: Page, screen: string) => page.getByRole('navigation').getByRole('link', { name: screen }).first().click()

/** Waits until it is seen; throws after `limit` ms. */
const expectShown = (locator: Locator, limit = 15_000) => locator.waitFor({ timeout: limit })
const expectGone = (locator: Locator) => locator.waitFor({ state: 'detached' })

/** The code that two people compare, as a screen reader says it: digit by digit, in two groups. */
const spokenCode = async (page: Page) => {
  const code = page.getByRole('dialog').getByRole('img', { name: /^Code \d \d \d, \d \d \d$/ })
  await expectShown(code)
  return code.getAttribute('aria-label')
}

describe('the page', () => {
  let browser: Browser
  let attic: NodeProcess
  let mia: NodeProcess
  let onAttic: Page
  let onMia: Page

  beforeAll(async () => {
    ;[browser, attic, mia] = await Promise.all([launchBrowser(), startNode({ name: 'attic' }), startNode({ name: 'mia' })])
    ;[onAttic, onMia] = await Promise.all([openPage(browser, attic), openPage(browser, mia)])
  })
  afterAll(async () => {
    await browser?.close()
    await Promise.all([attic?.stop(), mia?.stop()])
  })

  it('creates a mesh on the Overview when the setup is left for later', async () => {
    await onAttic.getByRole('button', { name: 'Set up later' }).click()
    await onAttic.getByRole('button', { name: 'Create a new mesh' }).click()
    await onAttic.getByLabel('Name of the mesh').fill('Maple Street')
    await onAttic.getByRole('button', { name: 'Create mesh' }).click()
    await expectShown(onAttic.getByRole('heading', { name: 'Maple Street' }).first())
  })

  it('makes this computer the hub of the mesh', async () => {
    await openMesh(onAttic)
    await onAttic.getByRole('switch', { name: 'Relay for this mesh' }).press('Space')
    await expectShown(onAttic.getByText('No member is attached yet.'))
    await onAttic.keyboard.press('Escape')
  })

  it('joins by URL: both screens show one code, one confirms it, the other approves', async () => {
    await onMia.getByRole('button', { name: 'Set up later' }).click()
    await onMia.getByRole('button', { name: 'Join by URL or invite' }).click()
    await onMia.getByLabel('URL of any node in the mesh').fill(attic.url)
    await expectShown(onMia.getByText('A Free Compute Node: attic'))
    await onMia.getByRole('button', { name: 'Ask to join' }).click()
    await expectShown(onMia.getByText('Waiting for approval on attic').first())
    const shown = await spokenCode(onMia)

    await onAttic.getByRole('button', { name: 'Review…' }).click()
    const dialog = onAttic.getByRole('dialog', { name: 'mia asks to join Maple Street' })
    expect(await spokenCode(onAttic)).toBe(shown)
    await onMia.getByRole('button', { name: 'The codes match' }).click()
    await expectShown(onMia.getByText('You said that the codes match'))
    await dialog.getByRole('button', { name: 'Codes match, approve' }).click()
    await expectShown(onMia.getByText('You are a member of Maple Street'))
    await onMia.getByRole('button', { name: 'Done' }).click()
  })

  it('shows who is the hub, how it is reached, and that whoever joined there is attached to it', async () => {
    await goTo(onMia, 'Peers')
    await onMia.getByRole('button', { name: /^Open details for attic, Online, Hub, Direct/ }).click()
    const details = onMia.getByRole('complementary', { name: 'Details of attic' })
    await expectShown(details.getByText('Hub of Maple Street'))
    await expectShown(details.getByText(/The codes on both screens were compared on/))
    await expectShown(details.getByRole('region', { name: 'Last activity here' }).getByText('attic joined Maple Street'))
    await expectShown(details.getByRole('region', { name: 'How you reach it' }).getByText('Direct', { exact: true }))
    await goTo(onMia, 'Overview')
    await openMesh(onMia)
    const tunnels = onMia.getByRole('region', { name: 'Tunnels to hubs' })
    await expectShown(
      tunnels
        .getByRole('listitem')
        .filter({ hasText: 'attic' })
        .getByText(/^Attached /),
    )
    await onMia.keyboard.press('Escape')
    await openMesh(onAttic)
    await expectShown(onAttic.getByText('1 member is attached, and no two are connected now.'))
    await onAttic.keyboard.press('Escape')
  })

  it('shows a capability switched on at a peer within two seconds', async () => {
    await goTo(onMia, 'Peers')
    await expectShown(onMia.getByRole('button', { name: /^Open details for attic, Online/ }))
    await goTo(onAttic, 'Capabilities')
    await onAttic.getByRole('button', { name: 'How to get one for Compute' }).click()
    await onAttic.getByLabel('Address of the program behind Compute').fill(mia.url)
    await onAttic.getByRole('button', { name: 'Save' }).click()
    await expectGone(onAttic.getByRole('button', { name: 'Save' }))
    await onAttic.getByRole('switch', { name: 'Offer Compute' }).press('Space')
    await expectShown(onMia.getByRole('button', { name: /^Open details for attic.*offers Compute/ }), 2_000)
  })

  it('says so while the node is away, and comes back by itself with what changed meanwhile', async () => {
    const { data, port, name } = mia
    await mia.kill('SIGKILL')
    await expectShown(onMia.getByText('Reconnecting…'))
    mia = await startNode({ name, data, port })
    await mia.call('settings.update', { name: 'mia-laptop' })
    await expectGone(onMia.getByText('Reconnecting…'))
    await eventually('the title has the new name', async () => (await onMia.title()).includes('mia-laptop'))
    await onMia.reload()
    await expectShown(onMia.getByRole('button', { name: /^Open details for attic/ }))
  })

  it('made no script fail and tried nothing its policy forbids', () => {
    expect(faults).toEqual([])
  })
})
