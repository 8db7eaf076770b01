import type { ApiKey } from '../components.ts'
import type { MetaStore } from '../store/meta-store.ts'
import type { Random } from '../support/random.ts'
import { sameSecret } from '../support/secret.ts'

/** 192 bits: long past guessing, short enough to copy by eye if it must be. */
const keyBytes = 24

/** The Router API key: generated on first use, never a default. */
export function createApiKey({ meta, random }: { meta: MetaStore; random: Random }): ApiKey {
  const generate = () => {
    const key = Buffer.from(random.bytes(keyBytes)).toString('base64url')
    meta.set('api_key', key)
    return key
  }
  let key = meta.get('api_key') ?? generate()
  return {
    current: () => key,
    rotate: () => (key = generate()),
    matches: (candidate) => sameSecret(candidate, key),
  }
}
