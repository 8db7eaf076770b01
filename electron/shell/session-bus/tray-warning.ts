import type { HealthWarning } from '../../contract/snapshot.ts'
import type { TrayHost } from './tray-host.ts'

/** A panel may be there later than the program at login, ms. */
const patience = 15_000

/**
 * The warning of a desktop that has no place for the icon; null where there is one, or where that cannot be told: on X11 there
 * are trays (XEmbed) that the bus knows nothing of, GNOME's excepted.
 */
export function trayWarning(host: TrayHost, env: NodeJS.ProcessEnv): Omit<HealthWarning, 'since'> | null {
  const isGnome = /\bGNOME\b/iu.test(env['XDG_CURRENT_DESKTOP'] ?? '')
  const isWayland = env['XDG_SESSION_TYPE'] === 'wayland'
  if (host !== 'missing' || (!isGnome && !isWayland)) return null
  return {
    code: 'no_tray',
    severity: 'info', // nothing is broken
    title: 'This desktop shows no tray icons',
    text: 'Everything works without the icon: starting the program again opens its window.',
    action: 'GNOME needs the extension “AppIndicator and KStatusNotifierItem Support”; other desktops need a panel with a tray.',
    delay: patience,
  }
}
