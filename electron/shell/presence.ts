import type { PowerMonitor } from 'electron'
import type { PowerSource } from '../agent/components.ts'
import type { NodeOptions } from '../agent/node.ts'
import type { Clock } from '../agent/support/clock.ts'
import { createEmitter } from '../agent/support/signal.ts'

interface Desktop {
  platform: NodeJS.Platform
  /** XDG_SESSION_TYPE */
  session: string | undefined
}

type Monitor = Pick<PowerMonitor, 'getSystemIdleTime' | 'isOnBatteryPower' | 'on' | 'off'>
type DesktopFacts = NonNullable<NodeOptions['desktop']>

/**
 * What Electron knows of the person and of the power. A Wayland compositor need not tell how long nobody has touched
 * anything, and 0 seconds stand for that too: there they are believed once there was another number. A locked screen is
 * touched by nobody who uses the computer, whatever else is told. Of the power Electron knows nothing on Linux.
 */
export function desktopPresence({ monitor, clock }: { monitor: Monitor; clock: Clock }, { platform, session }: Desktop): DesktopFacts {
  let believed = platform !== 'linux' || session !== 'wayland'
  let lockedAt: number | null = null
  monitor.on('lock-screen', () => (lockedAt ??= clock.monotonic()))
  monitor.on('unlock-screen', () => (lockedAt = null))
  return {
    idleMs() {
      const seconds = monitor.getSystemIdleTime()
      believed ||= seconds > 0
      const told = believed ? seconds * 1_000 : null
      return lockedAt === null ? told : Math.max(told ?? 0, clock.monotonic() - lockedAt)
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
