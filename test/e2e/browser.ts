import chromium from '@sparticuz/chromium'
import { type Browser, type BrowserContext, chromium as playwright } from 'playwright-core'

interface BrowserOptions {
  onThisMachine?: readonly string[]
  /** Another program that runs a Chromium. */
  program?: string
}

export const browserProgram = async (): Promise<string> => process.env['FCN_BROWSER'] ?? (await chromium.executablePath())

/**
 * A real Chromium: the one `FCN_BROWSER` names, else the one that comes with the development packages. Its own default
 * switches stay on; the package's would turn web security off. Names in `onThisMachine` lead to 127.0.0.1.
 */
export async function launchBrowser({ onThisMachine = [], program }: BrowserOptions = {}): Promise<Browser> {
  const executablePath = program ?? (await browserProgram())
  const rules = onThisMachine.map((name) => `MAP ${name} 127.0.0.1`).join(', ')
  const names = rules === '' ? [] : [`--host-resolver-rules=${rules}`]
  return playwright.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', ...names] })
}

/** The same with a profile that stays in `folder`: what a person's browser keeps between two visits is kept there. */
export const launchProfile = async (folder: string, viewport: { width: number; height: number }): Promise<BrowserContext> =>
  playwright.launchPersistentContext(folder, {
    executablePath: await browserProgram(),
    args: ['--no-sandbox', '--disable-gpu'],
    viewport,
  })
