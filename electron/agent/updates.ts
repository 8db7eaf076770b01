import type { UpdatesView } from '../contract/updates.ts'
import { FcnError } from './errors.ts'
import { createEmitter, type Signal } from './support/signal.ts'

/**
 * Newer versions of the program. The face knows them: only an installed desktop app can replace itself. Nothing here
 * touches what a person decided: settings, keys and starting with the system stay as they are.
 */
export interface Updates {
  readonly changed: Signal<void>
  view(): UpdatesView
  /** Looks now, because a person asked; what comes of it is in the view. Never rejects. */
  look(): Promise<void>
  /**
   * Begins to install what is ready and to start again, because a person asked: resolves before the node stops. Throws
   * `invalid_input` when nothing is ready, `busy` while peers use this node.
   */
  install(): Promise<void>
}

/** Where a person gets the program, when the package says nothing better. */
export const downloadPage = 'https://free-compute-node.example/download'

/** A node that is run from its source, as a headless one always is: git and npm are how it becomes a newer one. */
export function updatedByGit(page = downloadPage): Updates {
  return {
    changed: createEmitter(),
    view: () => ({ way: 'checkout', state: 'idle', version: null, percent: null, waitsFor: null, lookedAt: null, problem: null, page }),
    look: async () => {},
    install() {
      throw new FcnError('invalid_input', 'This node runs from its source, so it does not install a newer version by itself.', {
        action: 'Stop it, run `git pull && npm ci`, and start it again.',
      })
    },
  }
}
