import type { MetaStore } from '../store/meta-store.ts'
import type { Random } from '../support/random.ts'

const saltBytes = 16

/** The secret behind the aliases of this node's diagnostics; made once. */
export function aliasSalt(meta: Pick<MetaStore, 'get' | 'set'>, random: Random): string {
  const kept = meta.get('alias_salt')
  if (kept !== null) return kept
  const salt = Buffer.from(random.bytes(saltBytes)).toString('base64url')
  meta.set('alias_salt', salt)
  return salt
}
