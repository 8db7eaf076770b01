/** How smoothly 500 peers scroll while they change, beside as many plain rows. */
import type { Browser, Page } from 'playwright-core'
import { type Bar, atMost, type Figure } from '../figure.ts'
import { crowdSize, startCrowd } from './crowd.ts'
import { longFrame, noLongFrame, watchFrames } from './frames.ts'
import { openRows } from './reference.ts'

/** CSS pixels: height of a row, and the way down a second, which is three screens. */
const rowHeight = 54
const speed = 2_400

export async function scroll(browser: Browser): Promise<Figure[]> {
  const server = await startCrowd()
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  const stop = server.start()
  try {
    await openRows(page, server.url, { count: crowdSize, height: rowHeight })
    const plain = await watchFrames(browser, page, () => scrollDown(page))
    await page.goto(`${server.url}#/peers`)
    await page
      .getByRole('button', { name: /^Open details for/u })
      .first()
      .waitFor()
    const ours = await watchFrames(browser, page, () => scrollDown(page))
    const last = page.getByRole('row').last()
    if ((await last.getAttribute('aria-rowindex')) !== String(crowdSize)) throw new Error('the list was not scrolled to its end')
    return [
      {
        ...{ what: `scrolling ${crowdSize} peers: frames a second`, unit: '', values: [ours.perSecond], beside: plain.perSecond },
        bars: [atLeast(Math.min(57, 0.95 * plain.perSecond), ours.perSecond, '60, or 0.95× of plain rows where the machine does fewer')],
      },
      { what: 'from frame to frame, 95 of 100', unit: 'ms', values: [ours.interval], beside: plain.interval, bars: [] },
      {
        ...{ what: `frames over ${longFrame} ms`, unit: '', values: [ours.long.length], beside: plain.long.length },
        bars: [noLongFrame(ours, plain)],
      },
      {
        ...{ what: 'longest task, processor time', unit: 'ms', values: [ours.longestWork], beside: plain.longestWork },
        bars: [atMost(longFrame, [ours.longestWork], `≤ ${longFrame} ms`)],
      },
      { what: 'main thread at work', unit: '%', values: [100 * ours.busy], beside: 100 * plain.busy, bars: [] },
    ]
  } finally {
    stop()
    await page.close()
    await server.stop()
  }
}

/** As a finger on a touchpad does: many small steps, from the first row to the last. */
async function scrollDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Input.synthesizeScrollGesture', {
    ...{ x: 640, y: 500, yDistance: -(crowdSize + 20) * rowHeight, speed, gestureSourceType: 'mouse', preventFling: true },
  })
  await session.detach()
}

const atLeast = (least: number, value: number, text: string): Bar => ({ text, holds: value >= least })
