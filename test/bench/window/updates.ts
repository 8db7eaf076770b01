/** What it costs to show a mesh that changes 50 times a second, screen by screen. */
import type { Browser, Page } from 'playwright-core'
import { idFor } from '../../fixtures/household-peers.ts'
import { atMost, type Figure } from '../figure.ts'
import { type Crowd, crowdSize, startCrowd } from './crowd.ts'
import { type Frames, longFrame, noLongFrame, watchFrames } from './frames.ts'
import { openReader } from './reference.ts'
import { pause } from './pause.ts'

/** How long a screen is watched, and how long it stands before, so that what opening it takes is over, s. */
const watched = 15
const settled = 3

/** Screens on which many peers show. */
const screens: Record<string, string> = {
  'list of peers': '#/peers',
  'list and details': `#/peers/${idFor('vps-helsinki')}`,
  overview: '',
}

export async function updates(browser: Browser): Promise<Figure[]> {
  const server = await startCrowd()
  try {
    const beside = await watch(browser, server, (page) => openReader(page, server.url))
    const figures: Figure[] = []
    for (const [name, path] of Object.entries(screens))
      figures.push(...figuresOf(name, await watch(browser, server, (page) => open(page, server.url + path)), beside))
    return figures
  } finally {
    await server.stop()
  }
}

async function open(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.locator('#main h1').waitFor()
}

async function watch(browser: Browser, server: Crowd, opened: (page: Page) => Promise<void>): Promise<Frames> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  const stop = server.start()
  try {
    await opened(page)
    await pause(settled)
    return await watchFrames(browser, page, () => pause(watched))
  } finally {
    stop()
    await page.close()
  }
}

function figuresOf(screen: string, ours: Frames, reference: Frames): Figure[] {
  const of = `${screen}, ${crowdSize} peers`
  return [
    {
      ...{ what: `${of}: frames over ${longFrame} ms`, unit: '', values: [ours.long.length], beside: reference.long.length },
      bars: [noLongFrame(ours, reference)],
    },
    {
      ...{ what: `${of}: longest task`, unit: 'ms', values: [ours.longestTask], beside: reference.longestTask },
      bars: [],
    },
    {
      ...{ what: `${of}: longest task, processor time`, unit: 'ms', values: [ours.longestWork], beside: reference.longestWork },
      bars: [atMost(longFrame, [ours.longestWork], `≤ ${longFrame} ms`)],
    },
    { what: `${of}: main thread at work`, unit: '%', values: [100 * ours.busy], beside: 100 * reference.busy, bars: [] },
  ]
}
