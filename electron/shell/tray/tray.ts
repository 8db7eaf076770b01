import { Menu, type MenuItemConstructorOptions, nativeImage, nativeTheme, Tray } from 'electron'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Node } from '../../agent/node.ts'
import type { Clock } from '../../agent/support/clock.ts'
import type { Logger } from '../../agent/support/logger.ts'
import type { Snapshot } from '../../contract/snapshot.ts'
import { throttle } from '../throttle.ts'
import { opensWindow } from './tray-clicks.ts'
import { trayIcon } from './tray-icon.ts'
import { type TrayAction, type TrayItem, trayMenu } from './tray-menu.ts'
import { trayTooltip } from './tray-tooltip.ts'

interface TrayComponents {
  clock: Clock
  log: Logger
  /** The node's state; null while it starts. */
  snapshot: () => Snapshot | null
  changes: Node['changes']
  /** Carries out what was clicked. */
  act: (action: TrayAction) => Promise<void>
}

export interface TrayKeeper {
  /** The node has started, or something else is another that no change tells. */
  refresh(): void
  /** The icon may be lost (the panel was started again, the screen unlocked): it is made anew. */
  renew(): void
  /** Removes it for good. */
  remove(): void
}

/** Desktops redraw an open menu badly, so the icon follows the node at most this often (ms). */
const updateInterval = 500
/** While a pause has an end, what is left of it is told in minutes, ms. */
const minute = 60_000
/** An icon that the system refuses is tried again after this, ms: at login the panel may come later than the program. */
const retryDelay = 10_000

interface Drawn {
  image: string
  tooltip: string
  menu: TrayItem[]
}

/** The icon in the system's bar, following the node. What a click on it does: README.md, "Clicks". */
export function createTray({ clock, log, snapshot, changes, act }: TrayComponents, { assets }: { assets: string }): TrayKeeper {
  const { platform, env } = process
  let tray: Tray | null = null
  let shown: Drawn | null = null
  let cancelTick = () => {}
  /** Set while the system has refused an icon and it is not yet tried again. */
  let cancelRetry: (() => void) | null = null

  const wanted = (): Drawn => {
    const state = snapshot()
    const now = clock.now()
    const panel = { platform, dark: nativeTheme.shouldUseDarkColorsForSystemIntegratedUI, desktop: env['XDG_CURRENT_DESKTOP'] }
    const image = join(assets, 'tray', trayIcon(state?.node.state ?? 'starting', panel))
    return { image, tooltip: trayTooltip(state, now), menu: trayMenu(state, now) }
  }

  const onClick = (action: TrayAction) => {
    // a system ticks its item by itself: what is true is drawn again when the answer is there
    void act(action).then(() => {
      if (action.do === 'offer' && shown !== null) tray?.setContextMenu(menuOf(shown.menu))
    })
  }
  const menuOf = (items: TrayItem[]) => Menu.buildFromTemplate(items.map((item) => toTemplate(item, onClick)))

  function draw(): void {
    const next = wanted()
    if (tray === null) return make(next)
    if (next.image !== shown?.image) tray.setImage(nativeImage.createFromPath(next.image))
    if (next.tooltip !== shown?.tooltip) tray.setToolTip(next.tooltip)
    if (!isDeepStrictEqual(next.menu, shown?.menu)) tray.setContextMenu(menuOf(next.menu))
    shown = next
  }

  function make(first: Drawn): void {
    if (cancelRetry !== null) return
    try {
      tray = new Tray(nativeImage.createFromPath(first.image))
    } catch (error) {
      log.warn({ err: error }, 'The icon in the tray could not be made; it is tried again.')
      cancelRetry = clock.after(retryDelay, tryAgain)
      return
    }
    if (opensWindow(platform)) tray.on('click', () => onClick({ do: 'open' }))
    tray.setToolTip(first.tooltip)
    tray.setContextMenu(menuOf(first.menu))
    shown = first
  }

  const update = () => {
    draw()
    cancelTick()
    const pause = snapshot()?.sharing.pause ?? null
    if (pause !== null && pause.until !== null) cancelTick = clock.after(minute, updates.ask)
  }
  const updates = throttle(clock, updateInterval, update)

  const drop = () => {
    tray?.destroy()
    tray = null
    shown = null
  }
  const tryAgain = () => {
    cancelRetry?.()
    cancelRetry = null
    updates.ask()
  }

  update()
  const unsubscribe = changes.subscribe(() => updates.ask())
  nativeTheme.on('updated', updates.ask)

  return {
    refresh: updates.ask,
    renew() {
      drop()
      tryAgain()
    },
    remove() {
      unsubscribe()
      nativeTheme.off('updated', updates.ask)
      updates.end()
      cancelTick()
      cancelRetry?.()
      drop()
    },
  }
}

function toTemplate(item: TrayItem, onClick: (action: TrayAction) => void): MenuItemConstructorOptions {
  switch (item.kind) {
    case 'line':
      return { type: 'separator' }
    case 'text':
      return { label: item.label, enabled: false }
    case 'action':
      return { label: item.label, click: () => onClick(item.action) }
    case 'tick':
      return { label: item.label, type: 'checkbox', checked: item.ticked, click: () => onClick(item.action) }
    default:
      return { label: item.label, submenu: item.items.map((inner) => toTemplate(inner, onClick)) }
  }
}
