import type { KeyUse } from '../components.ts'
import type { LineSums } from './line-sums.ts'

/** `key.used`: from which other machines the API key is used. Programs on this machine are at home. */
export function createKeyUse({ sums }: { sums: Pick<LineSums, 'add'> }): KeyUse {
  return {
    used(caller) {
      if (caller.kind === 'plain' && caller.loopback) return
      const { address } = caller
      sums.add({ action: 'key.used', actor: address, actorId: null, outcome: 'ok', details: { address } })
    },
  }
}
