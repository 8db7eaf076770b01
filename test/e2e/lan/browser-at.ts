import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { browserProgram, launchBrowser } from '../browser.ts'
import type { Host } from './lab.ts'

/** A browser at a host: it sees that host's loopback and no other. */
export interface HostBrowser extends AsyncDisposable {
  /** Opens a page whose every wait ends after `limit` ms. */
  page(limit: number): Promise<Page>
}

export async function browserAt({ namespace }: Host): Promise<HostBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'fcn-browser-'))
  const program = join(folder, 'browser')
  await writeFile(program, `#!/bin/sh\nexec ip netns exec ${namespace} '${await browserProgram()}' "$@"\n`, { mode: 0o755 })
  const browser: Browser = await launchBrowser({ program })
  return {
    async page(limit) {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' })
      page.setDefaultTimeout(limit)
      return page
    },
    async [Symbol.asyncDispose]() {
      await browser.close()
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Waits until it is seen. Throws where that takes longer than the page waits for anything. */
export const expectShown = (locator: Locator): Promise<void> => locator.waitFor()
