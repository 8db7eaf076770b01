import type { Caller } from '../components.ts'
import { FcnError } from '../errors.ts'

/**
 * "Encrypted peers only": throws `encrypted_only` for plain HTTP from another machine while the user wants that. Looked
 * up for each request, so that the switch works at once and on connections that are open already.
 */
export function createPlainRule(encryptedOnly: () => boolean): (caller: Caller) => void {
  return (caller) => {
    if (caller.kind !== 'plain' || caller.loopback || !encryptedOnly()) return
    throw new FcnError('encrypted_only', 'This node answers other machines over encrypted connections only.', {
      action: 'Join its mesh with a node that speaks TLS, or ask its owner to switch “encrypted peers only” off.',
    })
  }
}
