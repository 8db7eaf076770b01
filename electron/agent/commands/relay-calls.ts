import type { CallHandlers } from '../../contract/calls.ts'
import { FcnError } from '../errors.ts'

/** Who relays, and through whom this node is reached. */
export function relayCalls(): Pick<CallHandlers, 'hub.list' | 'hub.set' | 'tunnel.list'> {
  return {
    'hub.list': () => [],
    'hub.set': () => {
      throw new FcnError('not_running', 'This node cannot relay yet.')
    },
    'tunnel.list': () => [],
  }
}
