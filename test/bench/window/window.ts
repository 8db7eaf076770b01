/** `npm run bench -- window [part …]`: how quick the window is; each figure with its bar. */
import type { Browser } from 'playwright-core'
import { launchBrowser } from '../../e2e/browser.ts'
import { type Figure, printFigures } from '../figure.ts'
import { bundle } from './bundle.ts'
import { memory } from './memory.ts'
import { scroll } from './scroll.ts'
import { start } from './start.ts'
import { updates } from './updates.ts'

interface Options {
  /** How often the window is opened. */
  rounds: number
  /** How long its memory is watched. */
  minutes: number
}

interface Part {
  run: (browser: Browser, options: Options) => Promise<Figure[]>
  /** What the figures stand beside. */
  beside: string
}

const parts: Record<string, Part> = {
  bundle: { run: bundle, beside: '' },
  start: { run: start, beside: 'empty page' },
  updates: { run: updates, beside: 'empty page' },
  scroll: { run: scroll, beside: 'plain rows' },
  memory: { run: memory, beside: 'first third' },
}
export const windowParts = Object.keys(parts)

/** Runs the chosen parts, all when none is, each in a browser of its own; false when a bar does not hold. */
export async function measureWindow(chosen: readonly string[], options: Options): Promise<boolean> {
  let held = true
  for (const [name, { run, beside }] of Object.entries(parts)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue
    process.stdout.write(`window ${name} …\n`)
    const browser = await launchBrowser()
    try {
      held = printFigures(await run(browser, options), beside) && held
    } finally {
      await browser.close()
    }
  }
  return held
}
