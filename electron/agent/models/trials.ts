import type { Trials } from '../components.ts'
import { FcnError } from '../errors.ts'

export function createTrials(): Trials {
  const unknown = () => new FcnError('not_found', 'There is no such chat here any more.', { action: 'Ask again.' })
  return {
    start({ model }) {
      throw new FcnError('no_peer', `No node has the model “${model}” now.`, { action: 'See “fcn models” for those there are.' })
    },
    read: () => Promise.reject(unknown()),
    stop() {
      throw unknown()
    },
  }
}
