import { isDeepStrictEqual } from 'node:util'
import type { HealthWarning } from '../contract/snapshot.ts'
import type { Health } from './components.ts'
import type { Clock } from './support/clock.ts'
import { createEmitter } from './support/signal.ts'

/**
 * The node's one list of warnings. Raising a known code again renews its words and keeps its time. A warning with a
 * delay is listed only when it lasts, so that a blip shows nobody anything; one that depends on another is hidden while
 * its cause is listed.
 */
export function createHealth({ clock }: { clock: Clock }): Health {
  const warnings = new Map<string, HealthWarning>()
  const waiting = new Map<string, () => void>()
  const changed = createEmitter()

  const isListed = ({ code }: HealthWarning) => !waiting.has(code)

  const wait = (code: string, delay: number) => {
    const cancel = clock.after(delay, () => {
      waiting.delete(code)
      changed.emit()
    })
    waiting.set(code, cancel)
  }

  return {
    changed,
    raise(warning) {
      const held = warnings.get(warning.code)
      const current = { ...warning, since: held?.since ?? clock.now() }
      if (isDeepStrictEqual(held, current)) return
      warnings.set(warning.code, current)
      if (held === undefined && warning.delay !== undefined && warning.delay > 0) wait(warning.code, warning.delay)
      else if (!waiting.has(warning.code)) changed.emit()
    },
    clear(code) {
      const wasListed = warnings.has(code) && !waiting.has(code)
      warnings.delete(code)
      waiting.get(code)?.()
      waiting.delete(code)
      if (wasListed) changed.emit()
    },
    list: () => {
      const listed = [...warnings.values()].filter(isListed)
      const codes = new Set(listed.map(({ code }) => code))
      return listed.filter(({ dependsOn = [] }) => !dependsOn.some((cause) => codes.has(cause)))
    },
  }
}
