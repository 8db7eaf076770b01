import type { Page, Request } from 'playwright-core'
import { eventually } from '../support/eventually.ts'

/** Nothing was drawn for this long: the page has come to rest, ms. */
const stillFor = 150
/** A page that never rests is looked at as it is after this, ms: some states count seconds. */
const limit = 3_000

const underWay = new WeakMap<Page, Set<Request>>()

/** Keeps count of what the page asks for, so that it is not taken for quiet while it waits for a part of itself. */
export function watchRequests(page: Page): void {
  const open = new Set<Request>()
  underWay.set(page, open)
  // the stream of changes never ends
  page.on('request', (request) => !request.url().endsWith('/events') && open.add(request))
  page.on('requestfinished', (request) => open.delete(request))
  page.on('requestfailed', (request) => open.delete(request))
}

/** Waits until nothing is asked for any more and the page rests. */
export async function untilQuiet(page: Page): Promise<void> {
  await untilStill(page)
  if (!underWay.get(page)?.size) return
  await eventually('every request of the page is answered', () => !underWay.get(page)?.size)
  await untilStill(page)
}

/** Waits until something is to be read and nothing is on its way, the fonts are there, no finite motion is under way and the page has stopped changing. */
async function untilStill(page: Page): Promise<void> {
  await page.evaluate(
    async ({ stillFor, limit }) => {
      await document.fonts.ready
      await new Promise<void>((resolve) => {
        const start = performance.now()
        let changed = start
        const observer = new MutationObserver(() => (changed = performance.now()))
        observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
        const isMoving = () =>
          document
            .getAnimations()
            .some(({ playState, effect }) => playState === 'running' && effect?.getComputedTiming().endTime !== Infinity)
        const look = () => {
          const now = performance.now()
          const isWaiting = document.body.innerText.trim() === '' || document.querySelector('[aria-busy="true"]') !== null
          if ((isWaiting || now - changed < stillFor || isMoving()) && now - start < limit) {
            requestAnimationFrame(look)
            return
          }
          observer.disconnect()
          resolve()
        }
        requestAnimationFrame(look)
      })
    },
    { stillFor, limit },
  )
}
