import { FcnError } from '../../electron/agent/errors.ts'
import type { RelayDial } from '../../electron/agent/transport/dial.ts'

/** A node that knows no hubs. */
export const noRelay: RelayDial = () => Promise.reject(new FcnError('unreachable', 'There is no hub here.'))
