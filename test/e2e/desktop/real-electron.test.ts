import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron } from 'playwright-core'
import { expect, test } from 'vitest'
import { installedElectron, reasonWithoutDesktop } from '../../../electron/checkout/electron-binary.mjs'

/**
 * What only the real Electron can show: that the built app comes up in it, that worlds are isolated, that the tray and
 * the custom scheme are accepted. Everything else is shown under the desktop host.
 */
const root = join(import.meta.dirname, '../../..')
const program = installedElectron(root, process.env)
const reason =
  reasonWithoutDesktop({ platform: process.platform, env: process.env, uid: process.getuid?.() }) ??
  (program === null ? 'no Electron binary is installed (`npx install-electron` fetches it)' : null)
if (reason !== null) process.stderr.write(`Skipped: the smoke test with a real Electron, because ${reason}.\n`)

test.skipIf(reason !== null)('the built app runs in a real Electron (needs its binary and a display)', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'fcn electron '))
  const app = await _electron.launch({
    executablePath: program ?? '',
    args: [root, '--data', dataDir, '--host', '127.0.0.1', '--name', 'attic-nas'],
  })
  try {
    const page = await app.firstWindow()
    expect(page.url()).toMatch(/^app:\/\/fcn\/(#|$)/)
    await page.getByText('attic-nas').first().waitFor()
    const globals = await page.evaluate(() => ['require', 'process', 'module'].filter((name) => name in globalThis))
    expect(globals).toEqual([])
    const preferences = await app.evaluate(({ BrowserWindow }) => {
      // not in Electron's types, but in its code since its first year
      type Inspectable = { webContents: { getLastWebPreferences(): object } }
      return BrowserWindow.getAllWindows().map((window) => (window as unknown as Inspectable).webContents.getLastWebPreferences())
    })
    expect(preferences).toMatchObject([{ sandbox: true, contextIsolation: true, nodeIntegration: false }])
    const [closed] = await Promise.all([page.waitForEvent('close'), page.evaluate(() => window.close())])
    expect(closed).toBeDefined()
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(0)
  } finally {
    await app.close()
    await rm(dataDir, { recursive: true, force: true })
  }
})
