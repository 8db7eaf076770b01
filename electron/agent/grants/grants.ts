import type { Grants } from '../components.ts'
import { FcnError } from '../errors.ts'
import { createEmitter } from '../support/signal.ts'
import type { createGrantStore } from './grant-store.ts'

export function createGrants(_components: { store: ReturnType<typeof createGrantStore> }): Grants {
  const notYet = () => new FcnError('internal', 'This is not built yet.')
  return {
    changed: createEmitter(),
    list: () => [],
    set() {
      throw notYet()
    },
    except() {
      throw notYet()
    },
    allows: () => true,
    drop: () => undefined,
  }
}
