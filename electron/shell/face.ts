/**
 * What a person has of the node on a desktop: icon, window, notifications, questions. Wiring only; each of them is in its own
 * file and reads the snapshot of the node.
 */
import { app, dialog, Menu, Notification, powerMonitor, powerSaveBlocker } from 'electron'
import type { Node } from '../agent/node.ts'
import type { Clock } from '../agent/support/clock.ts'
import type { Logger } from '../agent/support/logger.ts'
import { createEmitter } from '../agent/support/signal.ts'
import type { Place } from '../contract/place.ts'
import { createPublisher } from '../ipc/publisher.ts'
import { createAskQuit } from './ask-quit.ts'
import { createClosingNotice } from './closing-notice.ts'
import { keepAwake } from './keep-awake.ts'
import { macMenu } from './mac-menu.ts'
import { followNotices } from './notices/notices.ts'
import { followPower } from './power.ts'
import type { TrayHostWatch } from './session-bus/tray-host.ts'
import { throttle } from './throttle.ts'
import { createTray } from './tray/tray.ts'
import { createTrayActions } from './tray/tray-actions.ts'
import { createMainWindow } from './window.ts'

interface FaceComponents {
  clock: Clock
  log: Logger
  node: Node
  trayHost: TrayHostWatch
}

interface FaceOptions {
  assets: string
  preload: string
  icon: string
  /** Shown when the window cannot be kept open. */
  logPath: string
}

export interface Face {
  /** Opens the window, or brings it to the front. */
  show(place?: Place): void
  windowIsOpen(): boolean
  /** The node runs, or runs again. */
  nodeRuns(): void
  /** The node stops while the program goes on, to be replaced: nothing is asked of it. */
  nodeRests(): void
  /** Takes everything away, in this order: window, notifications, what keeps the computer awake, icon. Safe to call twice. */
  close(): void
}

/** Notifications and the like follow the node at most this often, ms: each look collects the whole snapshot. */
const calmInterval = 1_000

/** The icon is there at once and says that the node starts; the rest comes with `nodeRuns`. */
export function createFace({ clock, log, node, trayHost }: FaceComponents, { assets, preload, icon, logPath }: FaceOptions): Face {
  const { platform } = process
  let running = false
  const snapshot = () => (running ? node.snapshot() : null)
  const askQuit = createAskQuit({ dialog, log, snapshot, quit: () => app.quit() })
  const onClosed = createClosingNotice({ dialog, log, node, snapshot, host: trayHost.host })
  const onCrashLoop = () => dialog.showErrorBox('The window of Free Compute Node keeps crashing', crashLoopText(logPath))
  const window = createMainWindow({ clock, log }, { preload, icon, onClosed, onCrashLoop })
  const show = (place?: Place) => {
    void app.dock?.show()
    window.show(place)
  }
  const act = createTrayActions({ node, show, log, quit: askQuit })
  const tray = createTray({ clock, log, snapshot, changes: node.changes, act }, { assets })
  // macOS needs its menu for copy and paste; elsewhere it is only a bar in the way
  Menu.setApplicationMenu(platform === 'darwin' ? Menu.buildFromTemplate(macMenu(askQuit)) : null)
  const changed = createEmitter()
  const calm = throttle(clock, calmInterval, changed.emit)
  let ends: (() => void)[] = []

  return {
    show,
    windowIsOpen: window.isOpen,
    nodeRuns() {
      running = true
      tray.refresh()
      if (ends.length > 0) return // it is followed already
      followPower(powerMonitor, { node, log })
      // panels of Linux lose icons over sleep, and when they are started again; the others look after them themselves
      if (platform === 'linux') powerMonitor.on('resume', tray.renew)
      ends = [
        createPublisher({ clock, changes: node.changes, page: window }),
        node.changes.subscribe(calm.ask),
        calm.end,
        followNotices({ Notification, clock, log, changed, snapshot, isLookedAt: window.isFocused, show }),
        keepAwake({ powerSaveBlocker, clock, changed, snapshot }),
        trayHost.appeared.subscribe(tray.renew),
      ]
    },
    nodeRests() {
      running = false
      tray.refresh()
    },
    close() {
      window.destroy()
      for (const end of ends.splice(0)) end()
      powerMonitor.off('resume', tray.renew)
      trayHost.stop()
      tray.remove()
      running = false
    },
  }
}

const crashLoopText = (logPath: string) =>
  `The node itself runs on, and the fcn command and the page in a browser work. The window is closed until you open it again.\nThe log says more:\n${logPath}`
