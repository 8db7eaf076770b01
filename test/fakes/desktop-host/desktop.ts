import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { createLink, type Answers } from './link.ts'
import type { ShownItem } from './tray.ts'
import { grantPermissions, type OpenedWindow, openWindowPage, type WindowPage } from './window-page.ts'

const root = join(import.meta.dirname, '../../..')
/** Longest that a program under test may take to end after it was asked to, ms. */
const exitLimit = 10_000

export interface ShownTray {
  /** Path of the image; empty when there is no such image. */
  image: string
  tooltip: string
  menu: ShownItem[]
}

/** The compiled desktop app, running, as the person in front of it and the system around it have it. */
export interface Desktop {
  /** Open windows, hidden ones included. */
  windows(): WindowPage[]
  tray(): ShownTray | null
  dialogs(): { title: string; content: string }[]
  stderr(): string
  /** Permissions granted to the last window opened, by Chromium's names. */
  permissions(): string[]
  clickTray(): Promise<void>
  /** By the labels from the menu down. */
  choose(...labels: string[]): Promise<void>
  setDark(dark: boolean): Promise<void>
  closeWindow(): Promise<void>
  /** The window's process ends unasked. */
  crashWindow(): Promise<void>
  /** As the system does when the session ends. */
  kill(signal: NodeJS.Signals): void
  readonly exitCode: Promise<number>
  /** Quits if it still runs, and removes what it left in the browser. */
  end(): Promise<void>
}

export interface DesktopOptions {
  args: string[]
  /** The user's key store: its name as Electron says it, and the secret that only this user has. */
  keyStore?: { backend?: string; secret?: string }
  env?: Record<string, string>
}

/** Runs `out/main/main.js` in a process of its own, under the double of Electron, with its windows in `browser`. */
export async function startDesktop(browser: Browser, { args, keyStore = {}, env = {} }: DesktopOptions): Promise<Desktop> {
  const context = await browser.newContext()
  const windows = new Map<number, Promise<WindowPage>>()
  const opened = new Map<number, WindowPage>()
  const state: { tray: ShownTray | null; stderr: string; granted: string[] } = { tray: null, stderr: '', granted: [] }
  const dialogs: { title: string; content: string }[] = []

  const child = fork(join(root, 'out/main/main.js'), args, {
    cwd: root,
    env: {
      ...process.env,
      ...env,
      HOST_KEY_STORE: keyStore.backend ?? 'gnome_libsecret',
      HOST_KEY_STORE_SECRET: keyStore.secret ?? 'of this user',
    },
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning', '--import', new URL('./register.ts', import.meta.url).href],
  })
  child.stderr?.on('data', (chunk: Buffer) => (state.stderr += chunk.toString()))
  const exitCode = new Promise<number>((resolve) => child.on('exit', (code) => resolve(code ?? -1)))

  const answers: Answers = {
    'window.open': (window: OpenedWindow) => {
      const opening = openWindowPage(context, link, window).then((page) => {
        opened.set(window.id, page)
        return page
      })
      windows.set(window.id, opening)
    },
    'window.load': async ({ id, url }: { id: number; url: string }) => {
      state.granted = await grantPermissions(context, link, id, url)
      await (await windows.get(id))?.load(url)
    },
    'window.send': async ({ id, channel, args }: { id: number; channel: string; args: unknown[] }) => {
      await opened.get(id)?.deliver(channel, args)
    },
    'window.state': async ({ id, visible, focused }: { id: number; visible: boolean; focused: boolean }) => {
      const window = await windows.get(id)
      if (window) Object.assign(window, { visible, focused })
    },
    'window.close': async ({ id }: { id: number }) => {
      const window = await windows.get(id)
      windows.delete(id)
      opened.delete(id)
      await window?.page.close()
    },
    tray: (tray: ShownTray | null) => void (state.tray = tray),
    dialog: (dialog: { title: string; content: string }) => void dialogs.push(dialog),
  }
  const link = createLink(child, answers)
  const lastWindow = () => ({ id: [...opened.keys()].at(-1) })

  return {
    windows: () => [...opened.values()],
    tray: () => state.tray,
    dialogs: () => dialogs,
    stderr: () => state.stderr,
    permissions: () => state.granted,
    clickTray: async () => void (await link.ask('tray.click')),
    choose: async (...labels) => void (await link.ask('tray.choose', labels)),
    setDark: async (dark) => void (await link.ask('theme', { dark })),
    closeWindow: async () => void (await link.ask('window.close-clicked', lastWindow())),
    crashWindow: async () => void (await link.ask('window.crashed', lastWindow())),
    kill: (signal) => void child.kill(signal),
    exitCode,
    async end() {
      if (child.exitCode === null && child.signalCode === null) link.tell('quit')
      const late = setTimeout(() => child.kill('SIGKILL'), exitLimit)
      await exitCode
      clearTimeout(late)
      await context.close()
    },
  }
}
