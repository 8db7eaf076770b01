import { BrowserWindow } from 'electron'
import type { Change } from '../contract/patch.ts'
import type { Logger } from '../agent/support/logger.ts'
import { changesChannel } from '../ipc/channels.ts'
import { appOrigin } from './app-protocol.ts'

/** A screen of the page, as its address ends: the page keeps its place in the hash. */
export type Screen = '/' | '/peers' | '/capabilities'

export interface MainWindow {
  /** Opens the window, or brings the open one to the front; at `screen` when one is named. */
  show(screen?: Screen): void
  isOpen(): boolean
  /** Does nothing when the window is closed. */
  send(changes: Change[]): void
}

interface WindowOptions {
  preload: string
  icon: string
}

/** The one window. Closing it destroys its renderer, which frees its memory; the node runs on. */
export function createMainWindow({ log }: { log: Logger }, { preload, icon }: WindowOptions): MainWindow {
  let window: BrowserWindow | null = null

  const open = (screen: Screen) => {
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
    opened.on('closed', () => {
      if (window === opened) window = null
    })
    opened.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      log.error({ reason, exitCode }, 'The window’s process has ended.')
      opened.destroy()
    })
    load(opened, screen, log)
    return opened
  }

  return {
    show(screen) {
      if (window === null) {
        window = open(screen ?? '/')
        return
      }
      if (screen !== undefined) load(window, screen, log)
      raise(window)
    },
    isOpen: () => window !== null,
    send: (changes) => window?.webContents.send(changesChannel, changes),
  }
}

function load(window: BrowserWindow, screen: Screen, log: Logger): void {
  window.loadURL(`${appOrigin}/#${screen}`).catch((error: unknown) => {
    // closing a window while it loads is no failure
    if (!window.isDestroyed()) log.error({ err: error, screen }, 'The page could not be loaded.')
  })
}

/** Under Wayland a program cannot take the focus; then the task bar at least shows which window asks for it. */
function raise(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
  if (!window.isFocused()) window.flashFrame(true)
}
