import type { AutostartView } from '../contract/autostart.ts'
import { FcnError } from './errors.ts'

/**
 * The system's list of what it starts when its user logs in. The face knows it: only the desktop app can be put on it.
 * The node keeps nothing of it, so that what the user changed elsewhere holds, and an update turns nothing back on.
 */
export interface Autostart {
  read(): Promise<AutostartView>
  /** Called only for what a person asked. Throws FcnError where it is not supported or the system refuses. */
  set(enabled: boolean): Promise<void>
}

/** Where the program cannot do it itself: says why, and how a person does it. */
export function byHandOnly({ why, recipe }: Pick<AutostartView, 'why' | 'recipe'>): Autostart {
  return {
    read: async () => ({ supported: false, enabled: false, why, recipe }),
    set() {
      throw new FcnError('invalid_input', why ?? 'This program cannot have itself started by the system.', {
        action: recipe === null ? undefined : `Use ${recipe.commands[0] ?? 'the system’s own way'}.`,
      })
    },
  }
}

/** For a node whose face says nothing about it. */
export const noAutostart: Autostart = byHandOnly({ why: 'This program cannot have itself started by the system.', recipe: null })
