import { generateKeyPairSync } from 'node:crypto'
import type { Identity } from '../../electron/agent/components.ts'
import { makeCertificate } from '../../electron/agent/identity/certificate.ts'
import { idOfPublicKey } from '../../electron/agent/identity/node-id.ts'

export type TestKey = ReturnType<typeof createTestKey>

/** A P-256 key and the id that follows from it. */
export function createTestKey() {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  return { id: idOfPublicKey(spki), publicKey: spki.toString('base64url'), privateKey }
}

/** A real identity with a real certificate, made in memory. */
export async function createTestIdentity(): Promise<Identity> {
  const key = createTestKey()
  const pem = key.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
  return { ...key, tls: { key: pem, cert: await makeCertificate(key.privateKey, key.id) } }
}
