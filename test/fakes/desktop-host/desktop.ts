import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { createLink, type Answers } from './link.ts'
import type { BoxAnswer } from './system.ts'
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
  /** How many icons there have been, this one included. */
  made: number
}

/** A question that the program asks by a dialog of the system. */
export interface Question {
  message: string
  detail: string
  buttons: string[]
  checkboxLabel: string | null
  checkboxChecked: boolean
}

export interface ShownNotification {
  title: string
  body: string
  silent: boolean
}

/** The compiled desktop app, running, as the person in front of it and the system around it have it. */
export interface Desktop {
  /** Open windows, hidden ones included. */
  windows(): WindowPage[]
  tray(): ShownTray | null
  dialogs(): { title: string; content: string }[]
  /** Those that wait for an answer, the oldest first. */
  questions(): Question[]
  notifications(): ShownNotification[]
  /** Whether the program keeps the computer from falling asleep. */
  isAwake(): boolean
  stderr(): string
  /** What the program took away, in this order: its last window, its icon. */
  ended(): ('window' | 'tray')[]
  /** Permissions granted to the last window opened, by Chromium's names. */
  permissions(): string[]
  clickTray(): Promise<void>
  /** By the labels from the menu down. */
  choose(...labels: string[]): Promise<void>
  setDark(dark: boolean): Promise<void>
  /** Answers the oldest question by the label of its button, with its box ticked or not. */
  answer(button: string, box?: { ticked: boolean }): void
  clickNotification(title: string): Promise<void>
  /** As powerMonitor tells it: `suspend`, `resume`, `lock-screen` … */
  power(event: string): Promise<void>
  /** As macOS tells of a link. */
  openUrl(url: string): Promise<void>
  /** Throws in the main process, where nobody catches it. */
  breakWith(message: string): Promise<void>
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
  const ended: ('window' | 'tray')[] = []
  const questions: { question: Question; answer: (answer: BoxAnswer) => void }[] = []
  const system: { notifications: ShownNotification[]; held: number } = { notifications: [], held: 0 }

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
      ended.push('window')
      const window = await windows.get(id)
      windows.delete(id)
      opened.delete(id)
      await window?.page.close()
    },
    tray(tray: ShownTray | null) {
      state.tray = tray
      if (tray === null) ended.push('tray')
    },
    dialog: (dialog: { title: string; content: string }) => void dialogs.push(dialog),
    'message-box': (question: Question) => new Promise<BoxAnswer>((answer) => questions.push({ question, answer })),
    notifications: (shown: ShownNotification[]) => void (system.notifications = shown),
    awake: ({ held }: { held: number }) => void (system.held = held),
    'open-external': () => undefined,
  }
  const link = createLink(child, answers)
  const lastWindow = () => ({ id: [...opened.keys()].at(-1) })

  return {
    windows: () => [...opened.values()],
    tray: () => state.tray,
    dialogs: () => dialogs,
    questions: () => questions.map(({ question }) => question),
    notifications: () => system.notifications,
    isAwake: () => system.held > 0,
    stderr: () => state.stderr,
    ended: () => ended,
    permissions: () => state.granted,
    clickTray: async () => void (await link.ask('tray.click')),
    choose: async (...labels) => void (await link.ask('tray.choose', labels)),
    setDark: async (dark) => void (await link.ask('theme', { dark })),
    closeWindow: async () => void (await link.ask('window.close-clicked', lastWindow())),
    crashWindow: async () => void (await link.ask('window.crashed', lastWindow())),
    answer(button, box) {
      const { question, answer } = questions.shift() ?? {}
      const response = question?.buttons.indexOf(button) ?? -1
      if (!question || response < 0) throw new Error(`Nobody asks anything that "${button}" answers.`)
      answer?.({ response, checkboxChecked: box?.ticked ?? question.checkboxChecked })
    },
    clickNotification: async (title) => void (await link.ask('notification.click', title)),
    power: async (event) => void (await link.ask('power', event)),
    openUrl: async (url) => void (await link.ask('open-url', url)),
    breakWith: async (message) => void (await link.ask('break', message)),
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
