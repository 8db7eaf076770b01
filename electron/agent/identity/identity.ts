import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import type { Identity } from '../components.ts'
import { certifies, makeCertificate } from './certificate.ts'
import { createKeyFiles, type KeyFiles, unreadable } from './key-files.ts'
import { idOfPublicKey } from './node-id.ts'

/** Where the key is kept, and the certificate around it. */
export const identityFile = (dataDir: string): string => join(dataDir, 'identity.key')
export const certificateFile = (dataDir: string): string => join(dataDir, 'identity.crt')

/**
 * The identity kept in `dataDir`, made on the very first start. A key that is missing although the node has run
 * before (`usedBefore`), or that cannot be opened, throws `unreadable_key` or `key_protected`: a new identity is never made silently.
 */
export async function openIdentity(
  dataDir: string,
  { usedBefore, keyFiles = createKeyFiles() }: { usedBefore: boolean; keyFiles?: KeyFiles },
): Promise<Identity> {
  const privateKey = (await keyFiles.load(identityFile(dataDir))) ?? (await makeKey(identityFile(dataDir), { usedBefore, keyFiles }))
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  const id = idOfPublicKey(spki)
  return {
    id,
    publicKey: spki.toString('base64url'),
    privateKey,
    tls: {
      key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
      cert: await openCertificate(certificateFile(dataDir), privateKey, id),
    },
  }
}

async function makeKey(file: string, { usedBefore, keyFiles }: { usedBefore: boolean; keyFiles: KeyFiles }): Promise<KeyObject> {
  if (usedBefore) throw unreadable(file, 'is missing, but this node has been used before')
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  await keyFiles.save(file, privateKey)
  return privateKey
}

/** The certificate says nothing the key does not: when it is lost or does not fit, it is made again. */
async function openCertificate(file: string, privateKey: KeyObject, id: string): Promise<string> {
  const kept = existsSync(file) ? readFileSync(file, 'utf8') : ''
  if (certifies(kept, privateKey)) return kept
  const made = await makeCertificate(privateKey, id)
  await writeFileAtomic(file, made, { mode: 0o600 })
  return made
}
