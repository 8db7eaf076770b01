/**
 * Follows whether a machine can still be reached while somebody waits for the words of a program on it. A connection over which
 * nothing is said does not tell (TCP finds out after minutes), and a program that works hard is late with every answer of
 * its own. New connections are taken by the kernel: they say that the machine is there, however busy it is.
 */
import { authority } from './authority.ts'
import type { Clock } from './clock.ts'
import type { Door, Knock } from './knock.ts'

/** One who waits. */
export interface Line {
  /** Something has come from there. */
  heard(): void
  /** Nobody waits any more. */
  leave(): void
}

export interface LineWatch {
  /** `onLost` is called once, when the machine has not been heard of for 1.6 to 2 s. */
  follow(door: Door, onLost: () => void): Line
}

interface LineWatchComponents {
  clock: Clock
  knock: (door: Door, limit: number) => Promise<Knock>
}

/** Silence after which it is knocked, and between knocks, ms. */
const doubt = 400
/** Silence after which nobody is waited for, ms: three knocks are without an answer by then. */
const limit = 1_600
/** How often is looked, ms. */
const look = 200

interface Followed {
  door: Door
  heardAt: number
  knockedAt: number
  waiting: Set<() => void>
  cancel: () => void
}

export function createLineWatch({ clock, knock }: LineWatchComponents): LineWatch {
  const lines = new Map<string, Followed>()

  const askAt = async (line: Followed) => {
    const begun = clock.monotonic()
    line.knockedAt = begun
    if ((await knock(line.door, limit)) !== 'silent') line.heardAt = Math.max(line.heardAt, begun)
  }

  const watch = (key: string, line: Followed) => {
    const due = clock.monotonic() + look
    line.cancel = clock.after(look, () => {
      const now = clock.monotonic()
      // this machine slept, or was held up: what has come meanwhile is read only now
      if (now - due > look) line.heardAt = now
      if (now - line.heardAt >= limit) {
        lines.delete(key)
        for (const tell of line.waiting) tell()
        return
      }
      if (now - Math.max(line.heardAt, line.knockedAt) >= doubt) void askAt(line)
      watch(key, line)
    })
  }

  return {
    follow(door, onLost) {
      const key = authority(door.host, door.port)
      const now = clock.monotonic()
      const line = lines.get(key) ?? { door, heardAt: now, knockedAt: now, waiting: new Set(), cancel: () => {} }
      if (!lines.has(key)) {
        lines.set(key, line)
        watch(key, line)
      }
      const tell = () => onLost()
      line.waiting.add(tell)
      return {
        heard: () => void (line.heardAt = clock.monotonic()),
        leave() {
          line.waiting.delete(tell)
          if (line.waiting.size > 0 || lines.get(key) !== line) return
          line.cancel()
          lines.delete(key)
        },
      }
    },
  }
}
