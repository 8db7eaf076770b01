import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { installedElectron, reasonWithoutDesktop } from '../../../electron/checkout/electron-binary.mjs'
import { iconList } from '../../../assets/icon-list.ts'

/**
 * What only the real Electron can show: that the built app comes up in it, that worlds are isolated, that tray, images, custom
 * scheme, key store and crashes are as the desktop host has them. Everything else is shown under that host. CI runs it on
 * three systems.
 */
const root = join(import.meta.dirname, '../../..')
const program = installedElectron(root, process.env)
const reason =
  reasonWithoutDesktop({ platform: process.platform, env: process.env, uid: process.getuid?.() }) ??
  (program === null ? 'no Electron binary is installed (`npx install-electron` fetches it)' : null)
if (reason !== null && process.env['FCN_NEEDS_ELECTRON'] === '1') throw new Error(`This run is for a real Electron, but ${reason}.`)
if (reason !== null) process.stderr.write(`Skipped: the smoke tests with a real Electron, because ${reason}.\n`)

let dataDir: string
let running: ElectronApplication[] = []

beforeEach(async () => void (dataDir = await mkdtemp(join(tmpdir(), 'fcn electron '))))
afterEach(async () => {
  for (const app of running) await app.close()
  running = []
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
})

const argsOf = (...more: string[]) => [root, '--data', dataDir, '--host', '127.0.0.1', '--name', 'attic-nas', ...more]

async function launch(...more: string[]): Promise<ElectronApplication> {
  const app = await _electron.launch({ executablePath: program ?? '', args: argsOf(...more) })
  running.push(app)
  return app
}

/** Starts the program once more, as a person or the system does; resolves when that start has ended. */
const startAgain = (...more: string[]) => promisify(execFile)(program ?? '', argsOf(...more), { timeout: 45_000 })

const windowCount = (app: ElectronApplication) => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)

async function pageOf(app: ElectronApplication): Promise<Page> {
  const page = await app.firstWindow()
  await page.getByText('attic-nas').first().waitFor()
  return page
}

describe.skipIf(reason !== null)('a real Electron (needs its binary and a display)', () => {
  test('the built app runs, sandboxed and isolated, and its page comes from its own scheme', async () => {
    const app = await launch()
    const page = await pageOf(app)
    expect(page.url()).toMatch(/^app:\/\/fcn\/(#|$)/)
    const found = await page.evaluate(() => ({
      globals: ['require', 'process', 'module', 'Buffer'].filter((name) => name in globalThis),
      bridge: Object.keys((globalThis as unknown as { fcn: object }).fcn),
    }))
    expect(found).toEqual({ globals: [], bridge: ['invoke', 'onChange'] })
    const preferences = await app.evaluate(({ BrowserWindow }) => {
      // not in Electron's types, but in its code since its first year
      type Inspectable = { webContents: { getLastWebPreferences(): object } }
      return BrowserWindow.getAllWindows().map((window) => (window as unknown as Inspectable).webContents.getLastWebPreferences())
    })
    expect(preferences).toMatchObject([{ sandbox: true, contextIsolation: true, nodeIntegration: false }])
  })

  test('nothing from outside and no file is loaded, no window opens, the page stays', async () => {
    const app = await launch()
    const page = await pageOf(app)
    const loaded = await page.evaluate(() =>
      Promise.all(
        ['https://example.org/', 'file:///etc/passwd'].map((url) =>
          fetch(url).then(
            () => true,
            () => false,
          ),
        ),
      ),
    )
    expect(loaded).toEqual([false, false])
    await page.evaluate(() => void open('https://example.org/'))
    await page.evaluate(() => location.assign('https://example.org/'))
    await page.waitForTimeout(500)
    expect(page.url()).toMatch(/^app:\/\/fcn\//)
    expect(await windowCount(app)).toBe(1)
  })

  test('closing the window ends its process, and a second start opens another', async () => {
    const app = await launch()
    const page = await pageOf(app)
    // the dialog that says so is not for this test
    await page.evaluate(() => (globalThis as unknown as FcnPage).fcn.invoke('settings.update', { tellClosing: false }))
    await Promise.all([page.waitForEvent('close'), page.evaluate(() => window.close())])
    expect(await windowCount(app)).toBe(0)
    const [again] = await Promise.all([app.waitForEvent('window'), startAgain()])
    await again.getByText('attic-nas').first().waitFor()
  })

  test('a start at login shows nothing, a link after it the invite, unconfirmed', async () => {
    const app = await launch('--hidden')
    await app.evaluate(({ app: electron }) => electron.whenReady())
    await startAgain('--hidden')
    expect(await windowCount(app)).toBe(0)
    const [page] = await Promise.all([app.waitForEvent('window'), startAgain('--', 'fcn://join?i=fcn1.damaged')])
    await page.getByRole('dialog').getByText('This invite is not complete').waitFor()
  })

  test('a renderer that crashes is replaced by the page that loads it again', async () => {
    const app = await launch()
    await pageOf(app)
    const url = await app.evaluate(async ({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      const loaded = new Promise<void>((resolve) => window?.webContents.once('did-finish-load', () => resolve()))
      window?.webContents.forcefullyCrashRenderer()
      await loaded
      return window?.webContents.getURL()
    })
    expect(url).toBe('app://fcn/reload.html')
  })

  test('every image of the tray is one that the system takes', async () => {
    const app = await launch('--hidden')
    const paths = iconList().flatMap(({ images }) => images.map(({ path }) => join(root, 'assets', path)))
    const empty = await app.evaluate(({ nativeImage }, all) => all.filter((path) => nativeImage.createFromPath(path).isEmpty()), paths)
    expect(empty).toEqual([])
  })

  test('keys are wrapped where the system has a key store, and in a private file where not', async () => {
    const app = await launch()
    const page = await pageOf(app)
    const answer = await page.evaluate(() => (globalThis as unknown as FcnPage).fcn.invoke('node.get', {}))
    const { kind } = (answer as { value: { keyProtection: { kind: string } } }).value.keyProtection
    const text = await readFile(join(dataDir, 'identity.key'), 'utf8')
    expect(text).toMatch(kind === 'keystore' ? /^fcn-wrapped-key 1 / : /^-----BEGIN PRIVATE KEY-----/)
  })

  test('quitting ends it within six seconds, in order', async () => {
    const app = await launch()
    await pageOf(app)
    const before = Date.now()
    const child = app.process()
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
    await app.evaluate(({ app: electron }) => electron.quit()).catch(() => undefined)
    expect(await ended).toBe(0)
    expect(Date.now() - before).toBeLessThan(6_000)
    expect(await readFile(join(dataDir, 'log', 'node.log'), 'utf8')).not.toMatch(/did not stop/u)
  })
})

interface FcnPage {
  fcn: { invoke(name: string, input: unknown): Promise<unknown> }
}
