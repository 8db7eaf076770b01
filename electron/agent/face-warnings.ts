import type { HealthWarning } from '../contract/snapshot.ts'
import type { Health, Startable } from './components.ts'
import type { Signal } from './support/signal.ts'

/** What a face has to tell people about its own surroundings, as health warnings. */
export interface FaceWarnings {
  /** All that hold now. */
  list(): Omit<HealthWarning, 'since'>[]
  readonly changed: Signal<void>
}

/** Takes them into the node's one list of warnings, and out of it again. */
export function createFaceWarnings({ health, face }: { health: Pick<Health, 'raise' | 'clear'>; face: FaceWarnings }): Startable {
  let told = new Set<string>()
  let unsubscribe: (() => void) | null = null

  const review = () => {
    const warnings = face.list()
    const codes = new Set(warnings.map(({ code }) => code))
    for (const code of told) if (!codes.has(code)) health.clear(code)
    for (const warning of warnings) health.raise(warning)
    told = codes
  }

  return {
    async start() {
      unsubscribe ??= face.changed.subscribe(review)
      review()
    },
    async stop() {
      unsubscribe?.()
      unsubscribe = null
    },
  }
}
