import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PageServer } from '../../fakes/page-server.ts'
import { launchBrowser } from '../browser.ts'
import { untilQuiet } from '../quiet.ts'
import { openForShots, serveShot, showShot } from '../show.ts'
import { joinOrInvite } from '../shot.ts'
import { shots } from '../shots.ts'
import { stopsOn } from './focus.ts'
import { layoutFlaws } from './layout-flaws.ts'

/** One of each kind of screen and dialog. */
const looked = [
  'first-run',
  'overview-busy',
  'screen-overview-failing',
  'peers',
  'peers-drawer',
  'capabilities',
  'capabilities-ai',
  'models',
  'models-try',
  'models-programs',
  'models-usage',
  'services',
  'activity',
  'requests',
  'settings',
  'doctor',
  'join-network',
  'join-waiting',
  'approve',
  'invite-made',
  'mesh',
  'policies-form',
]

/** A text size that systems offer to those who see less well. At 200 % a person zooms the page, as above. */
const largeText = '130%'

/** From the narrowest phone to a 4K screen; 640 × 400 is a window of 1280 × 800 at 200 %. */
const windows = [
  [320, 640],
  [420, 800],
  [640, 400],
  [720, 900],
  [1080, 700],
  [1280, 800],
  [1920, 1080],
  [3840, 2160],
] as const

/** Matches no text: none of these is marked. */
const nothing = '(?!)'

describe('the window', () => {
  let browser: Browser
  let page: Page
  let server: PageServer

  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(async () => browser?.close())
  beforeEach(async () => {
    page = await openForShots(browser, { onFault: () => undefined })
  })
  afterEach(async () => {
    await page.close()
    await server.stop()
  })

  async function show(name: string): Promise<void> {
    const shot = shots.find((each) => each.name === name)
    if (shot === undefined) throw new Error(`there is no shot ${name}`)
    server = await serveShot(shot)
    await showShot(page, server, shot)
  }
  /** Texts that are cut or lie on others, and whatever scrolls sideways. Names may end in an ellipsis. */
  const flawsOn = async () => [
    ...(await page.evaluate(layoutFlaws, nothing)),
    ...(await page.evaluate(() =>
      [...document.querySelectorAll('body *')]
        .filter((element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX))
        .filter(({ scrollWidth, clientWidth }) => clientWidth > 1 && scrollWidth > clientWidth + 1.5)
        .map(
          ({ tagName, className, scrollWidth, clientWidth }) =>
            `${tagName}.${className} scrolls sideways: ${scrollWidth} in ${clientWidth}`,
        ),
    )),
  ]
  const styleOf = (selector: string, property: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property)

  it.each(looked)('shows %s from 320 pixels to 4K, at 200 % and with large text: nothing is cut or scrolls sideways', async (name) => {
    await show(name)
    const found: Record<string, string[]> = {}
    for (const [width, height] of windows) {
      await page.setViewportSize({ width, height })
      await untilQuiet(page)
      found[`${width} × ${height}`] = await flawsOn()
    }
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.evaluate((size) => (document.documentElement.style.fontSize = size), largeText)
    await untilQuiet(page)
    found['large text'] = await flawsOn()
    expect(Object.fromEntries(Object.entries(found).filter(([, lines]) => lines.length > 0))).toEqual({})
  })

  it.each(['overview-busy', 'peers-drawer', 'capabilities', 'settings', 'join-network', 'approve', 'invite', 'policies-form'])(
    'shows a ring on every stop of the tab key of %s',
    async (name) => {
      await show(name)
      const stops = await stopsOn(page)
      expect(stops.length).toBeGreaterThan(3)
      expect(stops.filter(({ ring }) => !ring).map(({ name: stop }) => stop)).toEqual([])
    },
  )

  it('gives borders to what is only tinted, when more contrast is asked for', async () => {
    await page.emulateMedia({ contrast: 'more', reducedMotion: 'reduce' })
    await show('overview-busy')
    expect(await styleOf('.strip', 'border-top-width')).toBe('2px')
    expect(await styleOf('.strip', 'background-color')).toBe(await styleOf('.card', 'background-color'))
    const colours = await page.evaluate(() => {
      const style = getComputedStyle(document.documentElement)
      return { line: style.getPropertyValue('--fcn-line'), control: style.getPropertyValue('--fcn-control') }
    })
    expect(colours.line).toBe(colours.control)
  })

  it('tells what is chosen and how much is used without colours of its own, where the system forces its own', async () => {
    await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' })
    await show('join-network')
    const label = '.mantine-SegmentedControl-label'
    expect(await styleOf(`${label}[data-active]`, 'background-color')).not.toBe(
      await styleOf(`${label}:not([data-active])`, 'background-color'),
    )
    expect(await styleOf('.found-node[data-chosen="true"]', 'outline-style')).toBe('solid')
    await server.stop()
    await show('peers-drawer')
    expect(await styleOf('.meter-fill', 'background-color')).not.toBe(await styleOf('.meter-track', 'background-color'))
    expect(await styleOf('.rail-entry[aria-current="page"]', 'outline-style')).toBe('solid')
  })

  it('moves nothing when less motion is asked for', async () => {
    await show('screen-overview-away')
    expect(await styleOf('.link-banner .mark', 'animation-name')).toBe('none')
    await joinOrInvite(page, 'Join a mesh')
    const moving = await page.evaluate(() =>
      document
        .getAnimations()
        .filter(({ effect }) => Number(effect?.getComputedTiming().duration) > 1)
        .map((animation) => (animation instanceof CSSTransition ? animation.transitionProperty : animation.id)),
    )
    expect(moving).toEqual([])
  })
})
