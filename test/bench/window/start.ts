/** How soon the window shows something, and how soon it does what one asks, when it was open before. */
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext } from 'playwright-core'
import { z } from 'zod'
import { launchProfile } from '../../e2e/browser.ts'
import { startNode } from '../../e2e/node-process.ts'
import { atMost, type Figure } from '../figure.ts'
import { median } from '../measure.ts'

/** Bars, ms. */
const paintLimit = 500
const useLimit = 1_000

interface Times {
  paint: number
  /** Null on the empty page. */
  screen: number | null
  use: number | null
}

/** A real node and a browser that was there before: a new window each round, beside an empty page served by plain Node. */
export async function start(_browser: Browser, { rounds }: { rounds: number }): Promise<Figure[]> {
  const node = await startNode({ name: 'window-bench' })
  const bare = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<!doctype html><h1>Empty</h1>'))
  const profile = mkdtempSync(join(tmpdir(), 'fcn-profile-'))
  const context = await launchProfile(profile, { width: 1280, height: 800 })
  try {
    await once(bare.listen(0, '127.0.0.1'), 'listening')
    await node.fcn('create', 'Bench')
    await context.addInitScript(noteFirstUse)
    const { body } = await node.call('page.link')
    const { url } = z.object({ url: z.string() }).parse(body.value)
    await visit(context, url)
    // the browser keeps what it has compiled once a file was there before
    for (let before = 0; before < 3; before++) await visit(context, node.url)
    const ours: Times[] = []
    const empty: Times[] = []
    for (let round = 0; round < rounds; round++) {
      ours.push(await visit(context, node.url))
      empty.push(await visit(context, `http://127.0.0.1:${(bare.address() as AddressInfo).port}/`))
    }
    const emptyPaint = median(empty.map(({ paint }) => paint))
    const paints = ours.map(({ paint }) => paint)
    const screens = ours.map(({ screen }) => screen ?? Number.POSITIVE_INFINITY)
    const uses = ours.map(({ use }) => use ?? Number.POSITIVE_INFINITY)
    return [
      {
        ...{ what: 'warm start to the first picture', unit: 'ms', values: paints, beside: emptyPaint },
        bars: [atMost(paintLimit, [median(paints)], `≤ ${paintLimit} ms`)],
      },
      { what: 'warm start to the first screen with its state', unit: 'ms', values: screens, beside: emptyPaint, bars: [] },
      {
        ...{ what: 'warm start to the first click done', unit: 'ms', values: uses, beside: emptyPaint },
        bars: [atMost(useLimit, [median(uses)], `≤ ${useLimit} ms`)],
      },
    ]
  } finally {
    await context.close()
    rmSync(profile, { recursive: true, force: true })
    bare.close()
    await node.stop()
  }
}

/** Runs in the page before it: marks when the first screen stands, clicks on Peers at once, and marks when the window shows that it was chosen. */
function noteFirstUse(): void {
  let link: HTMLElement | null = null
  const mark = (name: string) => requestAnimationFrame(() => setTimeout(() => performance.mark(name)))
  const observer = new MutationObserver(() => {
    if (link === null) {
      link = document.querySelector('nav a[href="#/peers"]')
      if (link === null) return
      mark('screen')
      setTimeout(() => link?.click())
    }
    if (link.getAttribute('aria-current') !== 'page') return
    observer.disconnect()
    mark('used')
  })
  observer.observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ['aria-current'] })
}

/** Opens the address in a new window; ms since it was asked for. */
async function visit(context: BrowserContext, url: string): Promise<Times> {
  const page = await context.newPage()
  try {
    await page.goto(url)
    const last = (await page.locator('#root').count()) > 0 ? 'used' : 'first-contentful-paint'
    await page.waitForFunction((name) => performance.getEntriesByName(name).length > 0, last)
    return await page.evaluate(() => {
      const at = (name: string) => performance.getEntriesByName(name)[0]?.startTime ?? null
      return { paint: at('first-contentful-paint') ?? Number.NaN, screen: at('screen'), use: at('used') }
    })
  } finally {
    await page.close()
  }
}
