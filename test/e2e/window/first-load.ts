import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'

/** A file that the page loaded by itself. */
export interface Loaded {
  path: string
  /** As it would travel compressed, bytes. */
  gzipped: number
}

/** Opens the page at `url` for the first time and tells which files that took, the largest first. Answers of the node do not count. */
export async function firstLoad(page: Page, url: string): Promise<Loaded[]> {
  const pending: Promise<Loaded>[] = []
  page.on('response', (response) => {
    const { pathname } = new URL(response.url())
    if (pathname.startsWith('/local/') || !response.ok()) return
    pending.push(response.body().then((body) => ({ path: pathname, gzipped: gzipSync(body).length })))
  })
  await page.goto(url, { waitUntil: 'load' })
  await page.locator('#main h1').waitFor()
  return (await Promise.all(pending)).toSorted((a, b) => b.gzipped - a.gzipped)
}

/** Most that a first load may take, bytes. */
export const firstLoadLimit = 400 * 1024

export const sizeOf = (files: readonly Loaded[]): number => files.reduce((sum, { gzipped }) => sum + gzipped, 0)
