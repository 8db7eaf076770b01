import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { request } from 'undici'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuditEntry } from '../../../electron/contract/audit.ts'
import type { RouteView } from '../../../electron/contract/routing.ts'
import { eventually } from '../../support/eventually.ts'
import { launchBrowser } from '../browser.ts'
import { type EchoService, startEchoService } from '../echo-service.ts'
import { joinedPair } from '../joined-pair.ts'
import type { NodeProcess } from '../node-process.ts'

/** A member that says nothing any more is given up within this, ms. */
const givenUpWithin = 50_000

describe('Overview and Activity of two real nodes', () => {
  let browser: Browser
  let echo: EchoService
  let attic: NodeProcess
  let mia: NodeProcess
  let atAttic: Page
  let atMia: Page

  const open = async (node: NodeProcess) => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 1100 }, locale: 'en-GB', reducedMotion: 'reduce' })
    page.setDefaultTimeout(15_000)
    await page.goto(((await node.fcn('open', '--json')).json as { url: string }).url)
    return page
  }
  const sentence = (page: Page) => page.getByRole('heading', { level: 1 })
  const expectSaid = (page: Page, words: string | RegExp, timeout?: number) =>
    sentence(page)
      .filter({ hasText: words })
      .waitFor(timeout === undefined ? {} : { timeout })
  const chart = (page: Page) => page.getByRole('slider', { name: /^Traffic of the last 15 minutes/u })
  const take = async (bytes: number) =>
    (await request(`${mia.url}/services/any/attic/files/bytes/${bytes}`)).body.arrayBuffer().then(({ byteLength }) => byteLength)
  const show = (page: Page, path: string) => page.evaluate((hash) => void (location.hash = hash), path)
  const rows = (page: Page) => page.getByRole('group', { name: 'Requests, newest first' }).getByRole('button')
  const exported = async (page: Page, as: string) => {
    await page.getByRole('button', { name: 'Export…' }).click()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: as }).click()])
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') }
  }

  beforeAll(async () => {
    ;[browser, echo] = await Promise.all([launchBrowser(), startEchoService()])
    ;({ approver: attic, joiner: mia } = await joinedPair({ approver: 'attic', joiner: 'mia' }))
    await attic.fcn('share', 'Files', String(echo.port))
    await eventually('the service is known at mia', async () => (await take(0)) === 0 && echo.requests() > 0)
    ;[atAttic, atMia] = await Promise.all([open(attic), open(mia)])
  })
  afterAll(async () => {
    await browser?.close()
    await Promise.all([attic?.stop(), mia?.stop(), echo?.stop()])
  })

  it('the header says what is shared with whom, and where nothing is, what to do', async () => {
    await expectSaid(atAttic, 'Online. Sharing 1 service with Maple Street.')
    await expectSaid(atMia, 'Online. Using Maple Street, offering nothing.')
    await atMia.getByText('All of Maple Street online.').waitFor()
    await atMia.getByRole('button', { name: 'Choose what to share' }).click()
    await atMia.getByRole('heading', { name: 'Capabilities', level: 1 }).waitFor()
    await show(atMia, '#/')
  })

  it('what a request carried is in the chart of both: received here, sent there', async () => {
    expect(await take(3_000_000)).toBe(3_000_000)
    await eventually('mia shows it as received', async () =>
      /Maple Street: received up to [\d.]+ (?:k|M)B\/s, sent up to /u.test((await chart(atMia).getAttribute('aria-label')) ?? ''),
    )
    await eventually('attic shows it as sent', async () =>
      /sent up to [\d.]+ (?:k|M)B\/s/u.test((await chart(atAttic).getAttribute('aria-label')) ?? ''),
    )
  })

  it('the points of the chart can be walked with the keys, and read as a table', async () => {
    await chart(atMia).focus()
    await atMia.keyboard.press('End')
    const last = await chart(atMia).getAttribute('aria-valuetext')
    expect(last).toMatch(/^\d\d:\d\d:\d\d: received .+, sent .+$/u)
    await atMia.keyboard.press('Home')
    expect(await chart(atMia).getAttribute('aria-valuenow')).toBe('0')
    await atMia.keyboard.press('Escape')
    const card = atMia.getByRole('region', { name: 'Traffic' }).first()
    await card.getByRole('button', { name: 'Show as a table' }).click()
    const cells = await card.getByRole('cell').allTextContents()
    expect(cells.some((text) => /^[\d.]+ (?:k|M)B\/s$/u.test(text))).toBe(true)
    await card.getByRole('button', { name: 'Show as a drawing' }).click()
  })

  it('requests are found by a link to a peer, by words and by result, and the address says what is looked for', async () => {
    await Promise.all([take(10), take(20)])
    const peer = (await attic.call('node.get')).body.value as { id: string }
    await show(atMia, `#/activity/requests?peer=${peer.id}`)
    await rows(atMia).first().waitFor()
    expect(await atMia.getByRole('combobox', { name: 'Peer' }).inputValue()).toBe('attic')
    await atMia.getByRole('searchbox').fill('nobody is called so')
    await atMia.getByText('No request fits').waitFor()
    await atMia.getByRole('searchbox').fill('TTI')
    await rows(atMia).first().waitFor()
    expect(new URL(atMia.url()).hash).toBe(`#/activity/requests?text=TTI&peer=${peer.id}`)
    await atMia.getByRole('combobox', { name: 'How it ended' }).click()
    await atMia.getByRole('option', { name: 'Failed' }).click()
    await atMia.getByText('No request fits').waitFor()
    await atMia.getByRole('button', { name: 'Show everything' }).click()
    await rows(atMia).first().waitFor()
    expect(new URL(atMia.url()).hash).toBe('#/activity/requests')
  })

  it('an export has what fits the filter, and nothing else', async () => {
    await show(atMia, '#/activity/requests?text=files&result=ok')
    await rows(atMia).first().waitFor()
    const json = await exported(atMia, 'As JSON')
    expect(json.name).toMatch(/^requests-\d{4}-\d\d-\d\d\.json$/u)
    const routes = JSON.parse(json.text) as RouteView[]
    expect(routes.length).toBeGreaterThanOrEqual(3)
    expect(routes.every(({ what, result }) => what === 'files' && result === 'ok')).toBe(true)

    await show(atAttic, '#/activity?kind=services')
    await atAttic
      .getByText(/shared Files/u)
      .first()
      .waitFor()
    const csv = await exported(atAttic, 'As a table (CSV)')
    expect(csv.name).toMatch(/^activity-.*\.csv$/u)
    const [heads, ...lines] = csv.text.slice(1).trimEnd().split('\r\n')
    expect(heads).toBe('Time,What happened,Details,How it ended,Who,Id of who did it,Action,To whom or what,Id of that,Number,Hash')
    expect(lines.length).toBeGreaterThan(0)
    expect(lines.every((line) => line.includes(',service.'))).toBe(true)
    expect(lines.some((line) => line.includes(',attic shared Files,'))).toBe(true)
    const entries = JSON.parse((await exported(atAttic, 'As JSON')).text) as AuditEntry[]
    expect(entries).toHaveLength(lines.length)
  })

  it('what was looked for stays when one goes to the other half of the screen and back', async () => {
    await show(atMia, '#/activity/requests?text=files&result=ok&period=week')
    await rows(atMia).first().waitFor()
    await atMia.getByText('Audit log', { exact: true }).click()
    await eventually('the filter goes along', () => Promise.resolve(new URL(atMia.url()).hash === '#/activity?text=files&period=week'))
    await atMia.goBack()
    await rows(atMia).first().waitFor()
    expect(new URL(atMia.url()).hash).toBe('#/activity/requests?text=files&result=ok&period=week')
  })

  it('the header changes its sentence when the only peer goes, and says it aloud', async () => {
    await show(atMia, '#/')
    await expectSaid(atMia, 'Online.')
    await attic.kill('SIGKILL')
    await expectSaid(atMia, 'Alone. No peer answers;', givenUpWithin)
    await atMia.getByRole('button', { name: 'Find out why' }).waitFor()
    await atMia.getByRole('status').filter({ hasText: 'Alone. No peer answers;' }).waitFor({ state: 'attached' })
  })

  it('a node that does not answer any more leaves its last known state, with the time', async () => {
    await mia.kill('SIGKILL')
    await expectSaid(atMia, /No contact with the node since \d\d:\d\d\. This is its last known state\./u)
    await atMia.getByRole('heading', { name: 'Offered in Maple Street' }).waitFor()
  })
})
