import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import type { KeyVault } from '../../electron/agent/components.ts'

const tagLength = 16
const ivLength = 12

/** A key store that really encrypts (AES-256-GCM), with a key that follows from the secret of its user. */
export function createFakeVault(secret = 'of this user', backend = 'gnome_libsecret'): KeyVault {
  const key = createHash('sha256').update(secret).digest()
  return {
    backend,
    async seal(plain) {
      const iv = randomBytes(ivLength)
      const cipher = createCipheriv('aes-256-gcm', key, iv)
      return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
    },
    async open(sealed) {
      const bytes = Buffer.from(sealed)
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivLength), { authTagLength: tagLength })
      decipher.setAuthTag(bytes.subarray(-tagLength))
      return Buffer.concat([decipher.update(bytes.subarray(ivLength, -tagLength)), decipher.final()])
    },
  }
}
