import type { PowerMonitor } from 'electron'
import type { PowerSource } from '../agent/components.ts'
import type { NodeOptions } from '../agent/node.ts'
import { createEmitter } from '../agent/support/signal.ts'

interface Desktop {
  platform: NodeJS.Platform
  /** XDG_SESSION_TYPE */
  session: string | undefined
}

type Monitor = Pick<PowerMonitor, 'getSystemIdleTime' | 'isOnBatteryPower' | 'on' | 'off'>

/**
 * What Electron knows of the person and of the power. A Wayland compositor need not tell how long nobody has touched
 * anything, and 0 seconds stand for that too: there they are believed once there was another number. Of the power Electron
 * knows nothing on Linux.
 */
export function desktopPresence(monitor: Monitor, { platform, session }: Desktop): NonNullable<NodeOptions['desktop']> {
  let believed = platform !== 'linux' || session !== 'wayland'
  return {
    idleMs() {
      const seconds = monitor.getSystemIdleTime()
      believed ||= seconds > 0
      return believed ? seconds * 1_000 : null
    },
    power: platform === 'linux' ? null : powerOf(monitor),
  }
}

function powerOf(monitor: Monitor): PowerSource {
  const changed = createEmitter()
  const tell = () => changed.emit()
  let running = false
  return {
    changed,
    onBattery: () => monitor.isOnBatteryPower(),
    async start() {
      if (running) return
      running = true
      monitor.on('on-ac', tell)
      monitor.on('on-battery', tell)
    },
    async stop() {
      running = false
      monitor.off('on-ac', tell)
      monitor.off('on-battery', tell)
    },
  }
}
