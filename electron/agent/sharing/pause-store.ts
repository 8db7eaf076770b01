import { z } from 'zod'
import type { MetaStore } from '../store/meta-store.ts'

const pause = z.object({ until: z.number().nullable(), since: z.number() })

/** A pause by a person; times in ms since 1970, `until` null: until somebody resumes. */
export type Pause = z.infer<typeof pause>

/** Keeps the pause over restarts. */
export interface PauseStore {
  /** Throws when something else is kept. */
  get(): Pause | null
  /** Null: there is none. */
  save(pause: Pause | null): void
}

export function createPauseStore(meta: MetaStore): PauseStore {
  return {
    get() {
      const text = meta.get('sharing_pause')
      return text === null ? null : pause.parse(JSON.parse(text))
    },
    save(next) {
      if (next === null) meta.delete('sharing_pause')
      else meta.set('sharing_pause', JSON.stringify(next))
    },
  }
}
