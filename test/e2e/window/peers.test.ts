import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { PeerView, Snapshot } from '../../../electron/contract/snapshot.ts'
import { startPageServer } from '../../fakes/page-server.ts'
import { answers } from '../../fixtures/answers.ts'
import { aPeer, idFor } from '../../fixtures/household-peers.ts'
import { meshOfSize } from '../../fixtures/hubs.ts'
import { calm, firstRun } from '../../fixtures/snapshot.ts'
import { launchBrowser } from '../browser.ts'
import { press } from '../shot.ts'

/** Far more than fit into the window. */
const count = 500
/** Rows that may be in the page at once in a window 800 px high. */
const mostDrawn = 48

/** The one on top, by state and name. */
const first = 'attic-desktop'
const crowd = meshOfSize({ count, hubs: 2 })
const withPeer = (state: Snapshot, peer: PeerView): Snapshot['peers'] => ({ ...state.peers, [peer.id]: peer })

describe('the list of peers', () => {
  let browser: Browser
  let server: Awaited<ReturnType<typeof startPageServer>>
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

  async function open(state: Snapshot, path = '#/peers', viewport = { width: 1280, height: 800 }): Promise<void> {
    server = await startPageServer('out/renderer', state, answers)
    page = await browser.newPage({ viewport, reducedMotion: 'reduce' })
    page.setDefaultTimeout(15_000)
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
    await page.goto(server.url + path)
    await page.locator('#main h1').waitFor()
  }
  const grid = () => page.getByRole('grid', { name: 'Peers' })
  const rows = () => grid().getByRole('row')
  const label = (name: string) => new RegExp(`^Open details for ${name},`, 'u')
  const rowOf = (name: string) => grid().getByRole('button', { name: label(name) })
  /** Place of a peer among all, from 1; null while it is not drawn. */
  const placeOf = async (name: string) =>
    rows()
      .filter({ has: page.getByRole('button', { name: label(name) }) })
      .evaluateAll(([row]) => row?.getAttribute('aria-rowindex') ?? null)
  /** Place of the row that has the focus, from 1; null when none has. */
  const focused = () => page.evaluate(() => document.activeElement?.closest('[role="row"]')?.getAttribute('aria-rowindex') ?? null)
  const nameFocused = async () =>
    /^Open details for ([^,]+),/u.exec((await page.locator(':focus').getAttribute('aria-label')) ?? '')?.[1] ?? ''
  /** Whether the row that has the focus is seen whole. */
  const focusIsSeen = () =>
    page.evaluate(() => {
      const row = document.activeElement?.getBoundingClientRect()
      const area = document.querySelector('#main')?.getBoundingClientRect()
      return row !== undefined && area !== undefined && row.top >= area.top && row.bottom <= area.bottom
    })

  it('is walked through by the keyboard from the first of 500 to the last, with few rows in the page', async () => {
    await open(crowd)
    expect(await grid().getAttribute('aria-rowcount')).toBe(String(count))
    expect(await rows().count()).toBeLessThanOrEqual(mostDrawn)
    expect(await grid().locator('button[tabindex="0"]').count()).toBe(1)

    await grid().locator('button[tabindex="0"]').focus()
    for (const [key, place] of [
      ['ArrowDown', 2],
      ['ArrowDown', 3],
      ['ArrowUp', 2],
      ['End', count],
      ['ArrowDown', count],
      ['ArrowUp', count - 1],
      ['Home', 1],
    ] as const) {
      await page.keyboard.press(key)
      await expect.poll(focused, { message: key }).toBe(String(place))
      expect(await focusIsSeen(), key).toBe(true)
      expect(await rows().count()).toBeLessThanOrEqual(mostDrawn)
    }
    const seen = new Set<string>()
    for (let place = 1; place < count;) {
      await page.keyboard.press('PageDown')
      const next = Number(await focused())
      expect(next).toBeGreaterThan(place)
      place = next
      seen.add(await nameFocused())
    }
    expect(await focusIsSeen()).toBe(true)
    await page.keyboard.press('Enter')
    await page.getByRole('complementary', { name: `Details of ${await nameFocused()}` }).waitFor()
    expect(seen.size).toBeGreaterThan(20)
  })

  it('has one stop for the tab key, from which it leads on into the details', async () => {
    await open(crowd)
    await rowOf(first).click()
    await page.getByRole('complementary', { name: `Details of ${first}` }).waitFor()
    await page.keyboard.press('Tab')
    await expect.poll(() => page.locator(':focus').getAttribute('aria-label')).toBe(`Actions for ${first}`)
    await page.getByRole('button', { name: 'Close details' }).press('Enter')
    await expect.poll(nameFocused).toBe(first)
    await page.keyboard.press('Enter')
    await page.getByRole('complementary').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('complementary').waitFor({ state: 'detached' })
  })

  it('keeps the focus on its peer while others change, scroll out of view and go, and gives it to a neighbour when that one goes', async () => {
    await open(crowd)
    await grid().locator('button[tabindex="0"]').focus()
    for (let i = 0; i < 12; i++) await page.keyboard.press('PageDown')
    const [name, place] = [await nameFocused(), Number(await focused())]
    await page.locator('#main').evaluate((main) => main.scrollTo(0, 0))
    await expect.poll(() => placeOf(first)).not.toBeNull()
    expect(await nameFocused()).toBe(name)

    const { [idFor(first)]: _top, ...rest } = crowd.peers
    server.change({ peers: rest })
    await expect.poll(focused).toBe(String(place - 1))
    expect(await nameFocused()).toBe(name)

    const { [idFor(name)]: _gone, ...others } = rest
    server.change({ peers: others })
    await expect.poll(nameFocused).not.toBe(name)
    await expect.poll(focused).not.toBeNull()
  })

  it('does not move while somebody looks: who is new stands at the end until it is sorted again', async () => {
    await open(calm())
    await rowOf('attic-nas').focus()
    const before = await rows().count()
    const offline = { ...(calm().peers[idFor('attic-nas')] as PeerView), state: 'offline', path: null } as const
    const state = calm({ peers: { ...withPeer(calm(), aPeer('aaa-first')), [offline.id]: offline } })
    server.change({ peers: state.peers })
    await rowOf('aaa-first').waitFor()
    expect(await placeOf('aaa-first')).toBe(String(before + 1))
    expect(await placeOf('attic-nas')).toBe('1')
    await page.getByRole('status').getByText('1 new, at the end of the list').waitFor()
    await press(page, 'Sort again')
    await expect.poll(() => placeOf('aaa-first')).toBe('1')
  })

  it('is sorted as chosen, and stays so after the page was opened again', async () => {
    await open(calm())
    await press(page, 'Sort: Online first')
    await page.getByRole('menuitemradio', { name: 'Nearest first' }).click()
    await expect.poll(() => placeOf('kitchen-mini')).toBe('2')
    await page.reload()
    await page.getByRole('button', { name: 'Sort: Nearest first' }).waitFor()
    await expect.poll(() => placeOf('kitchen-mini')).toBe('2')
  })

  it('says that nobody fits, and shows all again', async () => {
    await open(crowd)
    await page.getByLabel('Search peers').fill('nobody is called so')
    await page.getByText('No peer fits the search and the filters.').waitFor()
    await press(page, 'Show all peers')
    await expect.poll(() => grid().getAttribute('aria-rowcount')).toBe(String(count))
    await page.getByLabel('Search peers').fill('greenhouse nas')
    await expect.poll(() => grid().getAttribute('aria-rowcount')).toMatch(/^\d$/u)
  })

  it('is opened by an address at the peer that the address names, or says that there is none', async () => {
    const name = 'workshop-laptop-8'
    await open(crowd, `#/peers/${idFor(name)}`)
    await page.getByRole('complementary', { name: `Details of ${name}` }).waitFor()
    await expect.poll(() => rowOf(name).isVisible()).toBe(true)
    expect(await grid().locator('button[tabindex="0"]').getAttribute('aria-label')).toContain(name)
    await page.goto(`${server.url}#/peers/NOBODY`)
    await page.getByRole('complementary', { name: 'No such peer' }).getByText('NOBODY').waitFor()
  })

  it('tells using from offering, and legacy peers from members', async () => {
    await open(calm())
    await grid()
      .getByRole('button', { name: /^Open details for attic-nas, .*offers Storage and Archive/u })
      .waitFor()
    const { [idFor('kitchen-mini')]: kitchen } = calm().peers
    if (kitchen === undefined) throw new Error('no kitchen-mini')
    const id = `to ai ${kitchen.id}`
    server.change({
      rates: {
        [id]: {
          id,
          peer: { id: kitchen.id, name: kitchen.name },
          direction: 'to',
          what: 'ai',
          underWay: 1,
          requestsPerSecond: 1,
          bytesPerSecond: 9,
        },
      },
    })
    await grid()
      .getByRole('button', { name: /^Open details for kitchen-mini, .*offers Compute and AI, in use by this computer: AI/u })
      .waitFor()
    await page.getByTitle('AI: in use by this computer').waitFor()
    expect(await rowOf('old-thinkpad').getAttribute('aria-label')).toContain('Legacy, answers, Not encrypted, Router API 0.1')
  })

  it('leads to a service of a peer by the address on this computer', async () => {
    await open(calm(), `#/peers/${idFor('attic-nas')}`)
    const services = page.getByRole('region', { name: 'Services it shares' })
    await services.getByRole('button', { name: 'Copy the address of Photo library' }).waitFor()
    expect(await services.getByRole('link', { name: 'Open Photo library' }).getAttribute('href')).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/services\/Maple%20Street\/attic-nas\/photos\/$/u,
    )
  })

  it('shows its last lines of the log, says when the log cannot be read, and reads it again', async () => {
    await open(calm(), `#/peers/${idFor('mia-laptop')}`)
    const activity = page.getByRole('region', { name: 'Last activity here' })
    await activity.getByText(/^Last used/u).waitFor()
    await activity.getByRole('link', { name: 'All activity of mia-laptop' }).click()
    await expect.poll(() => page.url()).toContain(`#/activity?peer=${idFor('mia-laptop')}`)
  })

  it('fits a telephone: no row is wider than the window', async () => {
    await open(crowd, '#/peers', { width: 320, height: 640 })
    await rowOf(first).waitFor()
    expect(await page.evaluate(() => document.querySelector('#main')?.scrollWidth)).toBeLessThanOrEqual(320)
    await rowOf(first).click()
    await page.getByRole('dialog', { name: `Details of ${first}` }).waitFor()
  })

  it('says how to get a second computer while there is none', async () => {
    await open(firstRun())
    await page.getByRole('heading', { name: 'No other computer yet' }).waitFor()
    expect(faults, 'errors on the page in all of these').toEqual([])
  })
})
