import { Menu, type MenuItemConstructorOptions, nativeImage, nativeTheme, Tray } from 'electron'
import { isDeepStrictEqual } from 'node:util'
import { join } from 'node:path'
import type { Node } from '../agent/node.ts'
import type { Clock } from '../agent/support/clock.ts'
import { throttle } from './throttle.ts'
import { trayIcon } from './tray-icon.ts'
import { type TrayAction, type TrayItem, trayMenu } from './tray-menu.ts'
import { trayTooltip } from './tray-tooltip.ts'

interface TrayComponents {
  clock: Clock
  node: Pick<Node, 'snapshot' | 'changes'>
  /** Carries out what was clicked. */
  act: (action: TrayAction) => Promise<void>
}

/** Desktops redraw an open menu badly, so the icon follows the node at most this often (ms). */
const updateInterval = 500
/** While a pause has an end, what is left of it is told in minutes, ms. */
const minute = 60_000

/**
 * The icon in the system's bar, following the node. Clicks: macOS opens the menu; Windows and Plasma open the window on
 * the left button and the menu on the right one; GNOME opens the menu on both. Returns the function that removes it.
 */
export function createTray({ clock, node, act }: TrayComponents, { assets }: { assets: string }): () => void {
  const image = () => {
    const { shouldUseDarkColorsForSystemIntegratedUI: dark } = nativeTheme
    const panel = { platform: process.platform, dark, desktop: process.env['XDG_CURRENT_DESKTOP'] }
    return join(assets, 'tray', trayIcon(node.snapshot().node.state, panel))
  }
  let shown = { image: image(), tooltip: '', menu: [] as TrayItem[] }
  const tray = new Tray(nativeImage.createFromPath(shown.image))

  const onClick = (action: TrayAction) => {
    // a system ticks its item by itself: what is true is drawn again when the answer is there
    const redraw = () => tray.setContextMenu(Menu.buildFromTemplate(shown.menu.map(toTemplate)))
    void act(action).then(() => action.do === 'offer' && !tray.isDestroyed() && redraw())
  }
  const toTemplate = (item: TrayItem): MenuItemConstructorOptions => {
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
        return { label: item.label, submenu: item.items.map(toTemplate) }
    }
  }

  let cancelTick = () => undefined as void

  const update = () => {
    const snapshot = node.snapshot()
    const now = clock.now()
    const next = { image: image(), tooltip: trayTooltip(snapshot, now), menu: trayMenu(snapshot, now) }
    if (next.image !== shown.image) tray.setImage(nativeImage.createFromPath(next.image))
    if (next.tooltip !== shown.tooltip) tray.setToolTip(next.tooltip)
    if (!isDeepStrictEqual(next.menu, shown.menu)) tray.setContextMenu(Menu.buildFromTemplate(next.menu.map(toTemplate)))
    shown = next
    cancelTick()
    const { pause } = snapshot.sharing
    if (pause !== null && pause.until !== null) cancelTick = clock.after(minute, updates.ask)
  }
  const updates = throttle(clock, updateInterval, update)
  update()
  tray.on('click', () => process.platform !== 'darwin' && onClick({ do: 'open' }))
  const unsubscribe = node.changes.subscribe(() => updates.ask())
  nativeTheme.on('updated', updates.ask)

  return () => {
    unsubscribe()
    nativeTheme.off('updated', updates.ask)
    updates.end()
    cancelTick()
    tray.destroy()
  }
}
