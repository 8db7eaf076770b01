import { resolve } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { type PageServer, startPageServer } from '../fakes/page-server.ts'
import { answers } from '../fixtures/answers.ts'
import { fixtureTime } from '../fixtures/household-peers.ts'
import { untilQuiet, watchRequests } from './quiet.ts'
import type { Shot } from './shot.ts'

export const sizes = { wide: { width: 1280, height: 800 }, narrow: { width: 420, height: 800 } } as const
export type Size = keyof typeof sizes
export const schemes = ['light', 'dark'] as const
export type Scheme = (typeof schemes)[number]

/** A page for shots: the same place and language everywhere, nothing moves. `onFault` hears what a script complains about. */
export async function openForShots(
  browser: Browser,
  { onFault, ...options }: BrowserContextOptions & { onFault: (fault: string) => void },
): Promise<Page> {
  const page = await browser.newPage({ viewport: sizes.wide, locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce', ...options })
  page.setDefaultTimeout(15_000)
  watchRequests(page)
  page.on('console', (message) => {
    // a node that is gone, as some shots want it, is no fault of the page
    if (['error', 'warning'].includes(message.type()) && !message.text().includes('net::ERR_')) onFault(message.text())
  })
  page.on('pageerror', (error) => onFault(error.message))
  return page
}

/** Starts what a shot shows; several pages can show it. */
export const serveShot = ({ state, answers: own }: Shot): Promise<PageServer> =>
  startPageServer(resolve('out/renderer'), state, { ...answers, ...own })

/** Brings the page to what the shot shows, and waits until it rests. */
export async function showShot(page: Page, server: PageServer, { path = '', act, away = false }: Shot): Promise<void> {
  await page.clock.setFixedTime(fixtureTime)
  await page.goto(server.url + path)
  await page.locator('#main').waitFor()
  await untilQuiet(page)
  await act?.(page)
  if (away) {
    server.leave()
    await page.getByText('Reconnecting…').waitFor()
  }
  await untilQuiet(page)
}

/** The same for one page alone. */
export async function withShot(page: Page, shot: Shot, look: () => Promise<void>): Promise<void> {
  const server = await serveShot(shot)
  try {
    await showShot(page, server, shot)
    await look()
  } finally {
    await server.stop()
  }
}
