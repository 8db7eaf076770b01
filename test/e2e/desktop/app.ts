import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { type Desktop, type DesktopOptions, startDesktop } from '../../fakes/desktop-host/desktop.ts'
import type { WindowPage } from '../../fakes/desktop-host/window-page.ts'
import { launchBrowser } from '../browser.ts'

/** The desktop app for the tests of one file: a browser for all, a data folder and fresh programs for each. */
export interface App {
  /** Starts the program; the second start of a test uses the same data folder. */
  start(...args: string[]): Promise<Desktop>
  /** The same with another key store of the system than usual. */
  startWith(keyStore: DesktopOptions['keyStore']): Promise<Desktop>
  /** The same in other surroundings. */
  startIn(env: Record<string, string>): Promise<Desktop>
  /** The folder of this test. */
  dataDir(): string
}

export function useApp(): App {
  let browser: Browser
  let folder: string | null = null
  let running: Desktop[] = []

  beforeAll(async () => void (browser = await launchBrowser()))
  afterAll(() => browser.close())
  afterEach(async () => {
    for (const desktop of running) await desktop.end()
    running = []
    if (folder !== null) await rm(folder, { recursive: true, force: true })
    folder = null
  })

  async function start(args: string[], { keyStore = {}, env = {} }: Omit<DesktopOptions, 'args'> = {}): Promise<Desktop> {
    folder ??= await mkdtemp(join(tmpdir(), 'fcn desktop '))
    const desktop = await startDesktop(browser, {
      args: ['--data', folder, '--host', '127.0.0.1', '--name', 'attic-nas', ...args],
      keyStore,
      // what the app leaves in the system is this test's alone
      // and the session bus of whoever runs the tests has no part in them
      env: { XDG_CONFIG_HOME: join(folder, 'config'), DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus', ...env },
    })
    running.push(desktop)
    return desktop
  }

  return {
    start: (...args) => start(args),
    startWith: (keyStore) => start([], { keyStore }),
    startIn: (env) => start([], { env }),
    dataDir: () => folder ?? '',
  }
}

/** The one window, once it shows its page. */
export async function shownWindow(desktop: Desktop): Promise<WindowPage> {
  await expect.poll(() => desktop.windows().map((window) => window.visible), { timeout: 45_000 }).toEqual([true])
  const [window] = desktop.windows()
  if (!window) throw new Error('The window is gone again.')
  return window
}

interface FcnPage {
  fcn: { invoke(name: string, input: unknown): Promise<unknown> }
}

/** One call through the preload, as the page makes it. */
export function call({ page }: WindowPage, name: string, input: unknown = {}): Promise<unknown> {
  return page.evaluate(([name, input]) => (globalThis as unknown as FcnPage).fcn.invoke(name, input), [name, input] as [string, unknown])
}
