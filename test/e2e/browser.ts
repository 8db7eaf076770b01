import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'

/**
 * A real Chromium: the one `FCN_BROWSER` names, else the one that comes with the development packages. Its own default
 * switches stay on; the package's would turn web security off.
 */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = process.env['FCN_BROWSER'] ?? (await chromium.executablePath())
  return playwright.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
}
