import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import type { NodeId } from '../components.ts'
import { idOfPublicKey } from './node-id.ts'

/** The id that follows from a key: a node's, or a mesh's when it is a root key. */
export function idOfKey(key: KeyObject): NodeId {
  return idOfPublicKey(createPublicKey(key).export({ type: 'spki', format: 'der' }))
}

/**
 * A private key from its PEM or PKCS#8 (DER). Throws when it is none, is not ECDSA P-256, or does not sign what its own
 * public half accepts: bytes damaged on disk can still have the form of a key.
 */
export function parsePrivateKey(text: string | Uint8Array): KeyObject {
  const key = typeof text === 'string' ? createPrivateKey(text) : createPrivateKey({ key: Buffer.from(text), format: 'der', type: 'pkcs8' })
  if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new TypeError('The key is of another kind than ECDSA P-256.')
  }
  const probe = Buffer.from('fcn-key-check')
  if (!verify('sha256', probe, createPublicKey(key), sign('sha256', probe, key))) throw new TypeError('The two halves of the key differ.')
  return key
}
