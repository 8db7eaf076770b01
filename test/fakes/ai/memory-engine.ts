/** The engine’s process without a process: it answers as electron/engine.ts does, in virtual time. */
import type { Clock } from '../../../electron/agent/support/clock.ts'
import type { StartEngineProcess } from '../../../electron/agent/engine-components.ts'
import {
  type FromEngine,
  pulseInterval,
  toEngine,
  type ToEngine,
} from '../../../electron/agent/capabilities/ai/embedded/engine-messages.ts'

export interface MemoryEngine {
  start: StartEngineProcess
  /** How often a process was started. */
  readonly starts: number
  /** Runs now. */
  readonly isRunning: boolean
  /** All it was told since it was started. */
  readonly told: ToEngine[]
  /** Requests under way, and memory, as its next pulse says. */
  busy: number
  memory: number
  /** `never`: it does not get ready. `failed`: it says that it cannot run. */
  readiness: 'soon' | 'never' | 'failed'
  /** It works no more, and says nothing. */
  hang(): void
  /** It ends by itself. */
  crash(): void
  say(message: FromEngine): void
}

/** How long a start takes, ms. */
const startTime = 500

export function createMemoryEngine(clock: Clock): MemoryEngine {
  let starts = 0
  let told: ToEngine[] = []
  let running: { say: (message: unknown) => void; exit: (code: number | null) => void; hangs: boolean } | null = null

  const engine: MemoryEngine = {
    ...{ busy: 0, memory: 0, readiness: 'soon' },
    get starts() {
      return starts
    },
    get isRunning() {
      return running !== null
    },
    get told() {
      return told
    },
    start() {
      starts += 1
      told = []
      const own = { say: (_message: unknown) => {}, exit: (_code: number | null) => {}, hangs: false }
      running = own
      const isOn = () => running === own && !own.hangs
      const pulse = () => {
        if (!isOn()) return
        own.say({ type: 'pulse', busy: engine.busy, memory: engine.memory } satisfies FromEngine)
        clock.after(pulseInterval, pulse)
      }
      const begin = () => {
        if (engine.readiness === 'never') return
        clock.after(startTime, () => {
          if (!isOn()) return
          const word: FromEngine =
            engine.readiness === 'soon' ? { type: 'ready', port: 40_000 + starts } : { type: 'failed', message: 'no binary' }
          own.say(word)
          if (isOn()) pulse()
        })
      }
      return {
        pid: starts,
        send(message) {
          const order = toEngine.parse(message)
          told.push(order)
          if (order.type === 'begin') begin()
        },
        onMessage: (listener) => void (own.say = listener),
        onExit: (listener) => void (own.exit = (code) => listener({ code, errors: 'what it wrote last' })),
        kill() {
          if (running !== own) return
          running = null
          queueMicrotask(() => own.exit(null))
        },
      }
    },
    hang() {
      if (running !== null) running.hangs = true
    },
    crash() {
      const crashed = running
      running = null
      crashed?.exit(139)
    },
    say: (message) => running?.say(message),
  }
  return engine
}
