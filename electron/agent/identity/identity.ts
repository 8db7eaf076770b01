import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { chmodSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import type { Identity } from '../components.ts'
import { FcnError } from '../errors.ts'
import { certifies, makeCertificate } from './certificate.ts'
import { idOfPublicKey } from './node-id.ts'

const certificateFileName = 'identity.crt'

/** Where the key is kept. */
export const identityFile = (dataDir: string): string => join(dataDir, 'identity.key')

/**
 * The identity kept in `dataDir`, made on the very first start. A key that is missing although the node has run
 * before (`usedBefore`), or that cannot be read, throws `unreadable_key`: a new identity is never made silently.
 */
export async function openIdentity(dataDir: string, { usedBefore }: { usedBefore: boolean }): Promise<Identity> {
  const file = identityFile(dataDir)
  if (!existsSync(file)) {
    if (usedBefore) throw unreadable(file, 'is missing, but this node has been used before')
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    await writeFileAtomic(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  }
  const privateKey = readKey(file)
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  const id = idOfPublicKey(spki)
  return {
    id,
    publicKey: spki.toString('base64url'),
    privateKey,
    tls: {
      key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
      cert: await openCertificate(join(dataDir, certificateFileName), privateKey, id),
    },
  }
}

function readKey(file: string): KeyObject {
  let key: KeyObject
  try {
    chmodSync(file, 0o600) // a restored backup may have made it readable for others
    key = createPrivateKey(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw unreadable(file, 'cannot be read', cause)
  }
  if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw unreadable(file, 'holds a key of another kind than ECDSA P-256')
  }
  return key
}

/** The certificate says nothing the key does not: when it is lost or does not fit, it is made again. */
async function openCertificate(file: string, privateKey: KeyObject, id: string): Promise<string> {
  const kept = existsSync(file) ? readFileSync(file, 'utf8') : ''
  if (certifies(kept, privateKey)) return kept
  const made = await makeCertificate(privateKey, id)
  await writeFileAtomic(file, made, { mode: 0o600 })
  return made
}

function unreadable(file: string, what: string, cause?: unknown): FcnError {
  return new FcnError('unreadable_key', `The key file ${file} ${what}. No new identity was made.`, {
    action: 'Put the file back from a backup. To start as a new node instead, move the whole data folder away.',
    cause,
  })
}
