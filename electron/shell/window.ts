import { BrowserWindow } from 'electron'
import type { Clock } from '../agent/support/clock.ts'
import type { Logger } from '../agent/support/logger.ts'
import type { Change } from '../contract/patch.ts'
import { addressOf, overview, type Place } from '../contract/place.ts'
import { changesChannel } from '../ipc/channels.ts'
import { appOrigin } from './app-protocol.ts'
import { createCrashLoop } from './crash-loop.ts'

export interface MainWindow {
  /** Opens the window, or brings the open one to the front; at `place` when one is named. */
  show(place?: Place): void
  isOpen(): boolean
  /** A person looks at it. */
  isFocused(): boolean
  /** Does nothing when the window is closed. */
  send(changes: Change[]): void
  /** Closes it at once, without a word. */
  destroy(): void
}

interface MainWindowComponents {
  clock: Clock
  log: Logger
}

interface WindowOptions {
  preload: string
  icon: string
  /** A person has closed it. The node runs on. */
  onClosed: () => void
  /** Its process crashes again and again; it is closed. */
  onCrashLoop: () => void
}

/** Stands in for the page when its process has crashed: a file of its own, which needs nothing that may have been the cause. */
const reloadPage = `${appOrigin}/reload.html`

/** The one window. Closing it destroys its renderer, which frees its memory; the node runs on. */
export function createMainWindow(
  { clock, log }: MainWindowComponents,
  { preload, icon, onClosed, onCrashLoop }: WindowOptions,
): MainWindow {
  const isLoop = createCrashLoop()
  let window: BrowserWindow | null = null

  const open = (place: Place) => {
    const opened = new BrowserWindow({
      title: 'Free Compute Node',
      width: 1280,
      height: 800,
      minWidth: 420,
      minHeight: 480,
      show: false,
      icon,
      webPreferences: {
        preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        navigateOnDragDrop: false,
        spellcheck: false,
      },
    })
    opened.once('ready-to-show', () => raise(opened))
    opened.on('close', onClosed)
    opened.on('closed', () => {
      if (window === opened) window = null
    })
    opened.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      if (opened.isDestroyed()) return
      log.error({ reason, exitCode }, 'The window’s process has ended.')
      if (!isLoop(clock.monotonic())) return load(opened, reloadPage, log)
      opened.destroy()
      onCrashLoop()
    })
    load(opened, pageAt(place), log)
    return opened
  }

  return {
    show(place) {
      if (window === null) {
        window = open(place ?? overview)
        return
      }
      if (place !== undefined) load(window, pageAt(place), log)
      raise(window)
    },
    isOpen: () => window !== null,
    isFocused: () => window?.isFocused() ?? false,
    send: (changes) => window?.webContents.send(changesChannel, changes),
    destroy: () => window?.destroy(),
  }
}

const pageAt = (place: Place) => `${appOrigin}/#${addressOf(place)}`

function load(window: BrowserWindow, url: string, log: Logger): void {
  window.loadURL(url).catch((error: unknown) => {
    // closing a window while it loads is no failure
    if (!window.isDestroyed()) log.error({ err: error }, 'The page could not be loaded.')
  })
}

/** Under Wayland a program cannot take the focus; then the task bar at least shows which window asks for it. */
function raise(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
  if (!window.isFocused()) window.flashFrame(true)
}
