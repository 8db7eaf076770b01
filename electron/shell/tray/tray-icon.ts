import { join } from 'node:path'
import type { NodeState } from '../../contract/snapshot.ts'

interface Panel {
  platform: NodeJS.Platform
  /** Whether the system's own bars are dark. */
  dark: boolean
  /** XDG_CURRENT_DESKTOP, e.g. "ubuntu:GNOME". */
  desktop?: string | undefined
}

/**
 * The image of a state, a path below `assets/tray`. macOS paints a black template in the colour of its bar; others get
 * colour for a light or a dark panel. Finer sizes (`@2x` …) lie beside it, where Electron finds them.
 */
export function trayIcon(state: NodeState, { platform, dark, desktop = '' }: Panel): string {
  if (platform === 'darwin') return join('mono', `${state}Template.png`)
  // GNOME's bar is black whatever the theme is
  const set = dark || /\bGNOME\b/i.test(desktop) ? 'color-on-dark' : 'color-on-light'
  return join(set, platform === 'linux' ? `${state}-24.png` : `${state}.png`)
}
