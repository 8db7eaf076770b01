/** How soon the window shows something, and how soon it does what one asks, when it was open before. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext } from 'playwright-core'
import { z } from 'zod'
import { startNode } from '../../e2e/node-process.ts'
import { atMost, type Figure } from '../figure.ts'
import { median } from '../measure.ts'

/** Bars, ms. */
const paintLimit = 500
const useLimit = 1_000

interface Times {
  paint: number
  /** Null on a page without a rail. */
  use: number | null
}

/** A real node and a browser that was there before: a new window each round, beside an empty page served by plain Node. */
export async function start(browser: Browser, { rounds }: { rounds: number }): Promise<Figure[]> {
  const node = await startNode({ name: 'window-bench' })
  const bare = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<!doctype html><h1>Empty</h1>'))
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  try {
    await once(bare.listen(0, '127.0.0.1'), 'listening')
    await node.fcn('create', 'Bench')
    await context.addInitScript(noteFirstUse)
    const { body } = await node.call('page.link')
    const { url } = z.object({ url: z.string() }).parse(body.value)
    await visit(context, url)
    await visit(context, node.url)
    const ours: Times[] = []
    const empty: Times[] = []
    for (let round = 0; round < rounds; round++) {
      ours.push(await visit(context, node.url))
      empty.push(await visit(context, `http://127.0.0.1:${(bare.address() as AddressInfo).port}/`))
    }
    const emptyPaint = median(empty.map(({ paint }) => paint))
    const paints = ours.map(({ paint }) => paint)
    const uses = ours.map(({ use }) => use ?? Number.POSITIVE_INFINITY)
    return [
      {
        ...{ what: 'warm start to the first words', unit: 'ms', values: paints, beside: emptyPaint },
        bars: [atMost(paintLimit, [median(paints)], `≤ ${paintLimit} ms`)],
      },
      {
        ...{ what: 'warm start to the first click done', unit: 'ms', values: uses, beside: emptyPaint },
        bars: [atMost(useLimit, [median(uses)], `≤ ${useLimit} ms`)],
      },
    ]
  } finally {
    await context.close()
    bare.close()
    await node.stop()
  }
}

/** Runs in the page before it: clicks on Peers as soon as that is there, and marks when the window shows that it was chosen. */
function noteFirstUse(): void {
  let clicked = false
  const observer = new MutationObserver(() => {
    const link = document.querySelector<HTMLElement>('nav a[href="#/peers"]')
    if (link === null) return
    if (!clicked) {
      clicked = true
      setTimeout(() => link.click())
    }
    if (link.getAttribute('aria-current') !== 'page') return
    observer.disconnect()
    requestAnimationFrame(() => setTimeout(() => performance.mark('used')))
  })
  observer.observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ['aria-current'] })
}

/** Opens the address in a new window; ms since it was asked for. */
async function visit(context: BrowserContext, url: string): Promise<Times> {
  const page = await context.newPage()
  try {
    await page.goto(url)
    if (url.includes('#') || (await page.locator('#root').count()) > 0)
      await page.waitForFunction(() => performance.getEntriesByName('used').length > 0)
    await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0)
    return await page.evaluate(() => ({
      paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
      use: performance.getEntriesByName('used')[0]?.startTime ?? null,
    }))
  } finally {
    await page.close()
  }
}
