import type { Browser, Locator, Page } from 'playwright-core'
import { request } from 'undici'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CapabilityView, Snapshot } from '../../../electron/contract/snapshot.ts'
import { eventually } from '../../support/eventually.ts'
import { launchBrowser } from '../browser.ts'
import { type EchoService, startEchoService } from '../echo-service.ts'
import { joinedPair, peersOf } from '../joined-pair.ts'
import type { NodeProcess } from '../node-process.ts'

/** What a person sets on the page of `attic` holds in the node, after a reload, and for its peer `mia`. */
describe('capabilities of a real node on its page', () => {
  let browser: Browser
  let attic: NodeProcess
  let mia: NodeProcess
  let program: EchoService
  let page: Page
  let card: Locator
  const faults: string[] = []

  beforeAll(async () => {
    const [started, pair, echo] = await Promise.all([launchBrowser(), joinedPair({ approver: 'attic', joiner: 'mia' }), startEchoService()])
    ;({ approver: attic, joiner: mia } = pair)
    browser = started
    program = echo
    page = await browser.newPage({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', locale: 'en-GB' })
    page.setDefaultTimeout(15_000)
    page.on('pageerror', (error) => faults.push(error.message))
    const { body } = await attic.call('page.link')
    await page.goto((body.value as { url: string }).url)
    await page.getByRole('navigation').getByRole('link', { name: 'Capabilities' }).first().click()
    card = page.getByRole('region', { name: 'Compute' })
  })
  afterAll(async () => {
    await browser?.close()
    await program?.stop()
    await Promise.all([attic?.stop(), mia?.stop()])
  })

  const compute = async () =>
    ((await attic.call('capability.list')).body.value as CapabilityView[]).find(({ name }) => name === 'compute') as CapabilityView
  const sharing = async () => ((await attic.call('snapshot.get')).body.value as Snapshot).sharing
  const offeredToMia = async () =>
    (await peersOf(mia)).find(({ name }) => name === 'attic')?.capabilities.find(({ name }) => name === 'compute')?.state
  const askedByMia = async () => (await request(`${mia.url}/capabilities/any/compute/`)).statusCode
  const offer = () => card.getByRole('switch', { name: 'Offer Compute' })

  it('go back to off with the reason when the node refuses, and lead to what is missing', async () => {
    await offer().press('Space')
    await card.getByText('needs the address of the program behind it').waitFor()
    expect(await offer().isChecked()).toBe(false)
    await card.getByRole('button', { name: 'How to get one for Compute' }).click()
    await page.getByRole('complementary', { name: 'Limits of Compute' }).getByText('takes jobs over HTTP').waitFor()
  })

  it('are switched on, tell what was found, and reach a peer', async () => {
    await page.getByLabel('Address of the program behind Compute').fill(`http://127.0.0.1:${program.port}`)
    await page.keyboard.press('Enter')
    await eventually('the node has the address', async () => (await compute()).backend !== null)
    await offer().press('Space')
    await card.getByText('Ready', { exact: true }).waitFor()
    await eventually('mia sees it', async () => (await offeredToMia()) === 'ready')
    await eventually('mia is served', async () => (await askedByMia()) === 200)
    await card.getByText('In use by 1 peer').waitFor()
    await card.getByText('mia', { exact: true }).waitFor()
    expect((await compute()).usedBy.map(({ name }) => name)).toEqual(['mia'])
  })

  it('keep their limits over a reload, in the node as on the page', async () => {
    const drawer = page.getByRole('complementary', { name: 'Limits of Compute' })
    await drawer.getByLabel('Requests at once').fill('8')
    await drawer.getByLabel('At once per peer').fill('4')
    await page.keyboard.press('Enter')
    await drawer.getByRole('textbox', { name: 'Keep memory free' }).fill('0.5')
    await page.keyboard.press('Tab')
    await drawer.getByText('At certain hours').click()
    await drawer.getByLabel('From').waitFor()
    await eventually('the node has all of them', async () => {
      const { limits, conditions } = await compute()
      return (
        limits.concurrent === 8 && limits.concurrentPerPeer === 4 && conditions.keepFreeMemory === 5e8 && conditions.hours?.from === 1320
      )
    })
    await page.reload()
    await drawer.waitFor()
    expect(await drawer.getByLabel('Requests at once').inputValue()).toBe('8')
    expect(await drawer.getByRole('textbox', { name: 'Keep memory free' }).inputValue()).toBe('0.5 GB')
    expect(await drawer.getByLabel('From').inputValue()).toBe('22:00')
  })

  it('take a change back from its toast, and all of them to the usual', async () => {
    await page.getByRole('switch', { name: 'On battery' }).press('Space')
    await eventually('the node has it', async () => !(await compute()).conditions.onBattery)
    await page.getByRole('button', { name: 'Undo' }).click()
    await eventually('it is taken back', async () => (await compute()).conditions.onBattery)
    await page.getByRole('button', { name: 'All as usual' }).click()
    await eventually('the usual holds', async () => {
      const { limits, conditions } = await compute()
      return limits.concurrent === 256 && conditions.hours === null && conditions.keepFreeMemory === null
    })
    await page.getByText('All as usual').waitFor()
    expect((await compute()).enabled).toBe(true)
  })

  it('are paused for an hour from their page: the node says until when, and a peer gets nothing', async () => {
    const before = Date.now()
    await page.getByRole('button', { name: 'Pause everything' }).click()
    await page.getByRole('menuitem', { name: 'For 1 hour' }).click()
    await page.getByText(/^Sharing paused until \d\d:\d\d, (?:1 hr|59 mins) left\. You can still use the mesh\.$/u).waitFor()
    // who hears the page is told once
    await page
      .getByRole('status')
      .filter({ hasText: /^Sharing paused until \d\d:\d\d\.$/u })
      .waitFor({ state: 'attached' })
    const { pause } = await sharing()
    expect(pause?.until).toBeGreaterThan(before + 3_500_000)
    expect(pause?.until).toBeLessThan(Date.now() + 3_600_001)
    await card.getByText(/^Paused until \d\d:\d\d$/u).waitFor()
    await eventually('mia hears of it', async () => (await offeredToMia()) === 'paused')
    expect(await askedByMia()).toBeGreaterThanOrEqual(500)
    // what runs on this computer is served
    expect((await request(`${attic.url}/capabilities/any/compute/`)).statusCode).toBe(200)
  })

  it('are resumed by the same button, which keeps the focus', async () => {
    const resume = page.getByRole('button', { name: 'Resume', exact: true })
    await resume.press('Enter')
    await page.getByRole('button', { name: 'Pause everything' }).waitFor()
    expect(await page.locator(':focus').innerText()).toBe('Pause everything')
    await eventually('mia sees it', async () => (await offeredToMia()) === 'ready')
    expect((await sharing()).pause).toBeNull()
  })

  it('are paused and resumed from the menu of the node, on any screen', async () => {
    await page.getByRole('navigation').getByRole('link', { name: 'Peers' }).first().click()
    const menu = page.getByRole('button', { name: /Open the node menu$/u })
    await menu.click()
    await page.getByRole('menuitem', { name: 'Until I resume' }).click()
    await eventually('the node is paused until somebody resumes', async () => {
      const { pause } = await sharing()
      return pause !== null && pause.until === null
    })
    await menu.getByText('Paused until you resume').waitFor()
    await menu.click()
    await page.getByRole('menuitem', { name: 'Resume sharing' }).click()
    await eventually('it is not', async () => (await sharing()).pause === null)
    expect(faults).toEqual([])
  })
})
