import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import type { NodeProcess } from '../../node-process.ts'
import { launchBrowser } from '../../browser.ts'
import { valueOf } from '../../routing/serving-mesh.ts'

/** What a story waits for at most, where it is no promise about time, ms. */
const patience = 20_000

/** The windows of a story: one browser, in which each window is signed in by itself, as on computers of its own. */
export interface Windows extends AsyncDisposable {
  /** Opens the page of a node by a one-time link. A node in its first minute has its setup behind it, which is a story of its own. */
  open(node: NodeProcess): Promise<Page>
  /** Closes it as a person closes a window. */
  close(page: Page): Promise<void>
  /** Failures of scripts, and what a page tried that its policy forbids. */
  readonly faults: readonly string[]
}

export async function openWindows(): Promise<Windows> {
  const browser: Browser = await launchBrowser()
  const faults: string[] = []
  return {
    faults,
    async open(node) {
      await valueOf(node, 'setup.set', { state: 'finished' })
      const context: BrowserContext = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })
      const page = await context.newPage()
      page.setDefaultTimeout(patience)
      page.on('pageerror', (error) => faults.push(`${node.name}: ${error.message}`))
      page.on('console', (message) => {
        // a node that is stopped in a story is no fault of its page
        if (message.type() === 'error' && !message.text().includes('net::ERR_')) faults.push(`${node.name}: ${message.text()}`)
      })
      await page.goto((await valueOf(node, 'page.link', {})).url)
      await page.getByRole('heading', { level: 1 }).waitFor()
      return page
    },
    close: (page) => page.context().close(),
    [Symbol.asyncDispose]: () => browser.close(),
  }
}

/** Goes to a screen by its name in the rail. */
export const goTo = (page: Page, screen: string): Promise<void> =>
  page
    .getByRole('navigation')
    .getByRole('link', { name: new RegExp(`^${screen}`, 'u') })
    .first()
    .click()

/** A peer's row in Peers, whose label says in words what it draws; `said` is a part of that, as a pattern. */
export const peerRow = (page: Page, name: string, said = ''): Locator =>
  page.getByRole('button', { name: new RegExp(`^Open details for ${name}, .*${said}`, 'u') })

/** A peer's details, opened from its row. */
export async function detailsOf(page: Page, name: string): Promise<Locator> {
  const details = page.getByRole('complementary', { name: `Details of ${name}` })
  if (!(await details.isVisible())) await peerRow(page, name).click()
  await details.waitFor()
  return details
}

export const button = (where: Page | Locator, name: string | RegExp): Locator =>
  where.getByRole('button', { name, exact: typeof name === 'string' })

/** Waits until it is seen. Throws where that takes longer than the page waits for anything. */
export const expectShown = (locator: Locator): Promise<void> => locator.waitFor()
