import type { CallHandlers } from '../../contract/calls.ts'
import type { Updates } from '../updates.ts'

/** Newer versions of the program, when a person asks. */
export function updateCalls({ updates }: { updates: Updates }): Pick<CallHandlers, 'updates.look' | 'updates.install'> {
  return {
    'updates.look': async () => {
      await updates.look()
      return updates.view()
    },
    'updates.install': async () => {
      await updates.install()
      return updates.view()
    },
  }
}
