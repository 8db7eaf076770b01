/**
 * The recovery file of a mesh: its root key under a passphrase, as a compact JWE (RFC 7516), so that the mesh outlives
 * its founder's machine. The key is scrypt's (RFC 7914) of the passphrase; README.md in this folder has the layout.
 */
import { createPrivateKey, createPublicKey, type KeyObject, scrypt } from 'node:crypto'
import { compactDecrypt, CompactEncrypt, decodeProtectedHeader } from 'jose'
import { z } from 'zod'
import { displayName } from '../../contract/settings.ts'
import type { MeshId, NodeId } from '../components.ts'
import { FcnError } from '../errors.ts'
import { idOfPublicKey } from '../identity/node-id.ts'
import { idText } from '../protocol/messages.ts'
import { parseJson } from '../support/json.ts'
import type { Random } from '../support/random.ts'

/** scrypt's cost when writing: 128 MiB and about half a second. Doubling N doubles both, for us and for who guesses. */
const cost = { n: 2 ** 17, r: 8, p: 1 } as const
/** Bytes of the derived key, for A256GCM. */
const keyBytes = 32
const saltBytes = 16
/** Members named in a file; one that answers is enough. */
const maxContacts = 64

/** Bounded, because a file from anywhere decides how much memory and time its reading takes: at most 1 GiB. */
const header = z.object({
  alg: z.literal('dir'),
  enc: z.literal('A256GCM'),
  typ: z.literal('fcn-recovery'),
  kdf: z.literal('scrypt'),
  n: z
    .number()
    .int()
    .min(2 ** 14)
    .max(2 ** 20)
    .refine((n) => Number.isInteger(Math.log2(n))),
  r: z.literal(8),
  p: z.number().int().min(1).max(4),
  /** base64url. */
  salt: z.string().regex(/^[A-Za-z0-9_-]{22,86}$/u),
})

const content = z.object({
  mesh: idText,
  name: displayName,
  /** The root key, PKCS#8 (DER), base64url. */
  key: z.string().max(1024),
  members: z.array(z.object({ id: idText, addresses: z.array(z.string().max(300)).max(16) })).max(maxContacts),
})

export interface Recovery {
  mesh: MeshId
  name: string
  key: KeyObject
  /** SubjectPublicKeyInfo of the key (DER, base64url). */
  rootKey: string
  /** Members to ask, with addresses. */
  members: { id: NodeId; addresses: string[] }[]
}

export async function sealRecovery(
  { mesh, name, key, members }: Omit<Recovery, 'rootKey'>,
  passphrase: string,
  random: Random,
): Promise<string> {
  const salt = Buffer.from(random.bytes(saltBytes)).toString('base64url')
  const pkcs8 = key.export({ format: 'der', type: 'pkcs8' }).toString('base64url')
  const payload = content.parse({ mesh, name, key: pkcs8, members: members.slice(0, maxContacts) })
  return new CompactEncrypt(Buffer.from(JSON.stringify(payload)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', typ: 'fcn-recovery', kdf: 'scrypt', ...cost, salt })
    .encrypt(await derive(passphrase, { ...cost, salt }))
}

/** Throws `invalid_input` for what is no recovery file, `wrong_passphrase` when it does not open (or was changed). */
export async function openRecovery(file: string, passphrase: string): Promise<Recovery> {
  const text = file.replaceAll(/\s/gu, '')
  const key = await derive(passphrase, readHeader(text))
  const plain = await decrypt(text, key)
  const payload = content.safeParse(parseJson(Buffer.from(plain).toString('utf8')))
  if (!payload.success) throw invalid('its content is not valid')
  return { ...payload.data, ...readKey(payload.data) }
}

function readHeader(text: string): z.infer<typeof header> {
  const parts = text.split('.')
  // only the canonical base64url form is taken, so that each flipped bit is noticed
  const canonical = parts.every((part) => Buffer.from(part, 'base64url').toString('base64url') === part)
  if (parts.length !== 5 || !canonical) throw invalid('it is not in the right form')
  let said: unknown
  try {
    said = decodeProtectedHeader(text)
  } catch (cause) {
    throw invalid('its header cannot be read', cause)
  }
  const checked = header.safeParse(said)
  if (!checked.success) throw invalid('its header asks for what this version does not do')
  return checked.data
}

async function decrypt(text: string, key: Uint8Array): Promise<Uint8Array> {
  try {
    return (await compactDecrypt(text, key, { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] })).plaintext
  } catch (cause) {
    throw new FcnError('wrong_passphrase', 'The recovery file does not open with this passphrase, or was changed.', { cause })
  }
}

function readKey({ mesh, key: pkcs8 }: z.infer<typeof content>): Pick<Recovery, 'key' | 'rootKey'> {
  try {
    const key = createPrivateKey({ key: Buffer.from(pkcs8, 'base64url'), format: 'der', type: 'pkcs8' })
    const spki = createPublicKey(key).export({ format: 'der', type: 'spki' })
    const isP256 = key.asymmetricKeyDetails?.namedCurve === 'prime256v1'
    if (isP256 && idOfPublicKey(spki) === mesh) return { key, rootKey: spki.toString('base64url') }
  } catch (cause) {
    throw invalid('the key in it cannot be read', cause)
  }
  throw invalid('the key in it is not the one of its mesh')
}

/** NFKC, so that the same passphrase typed on another system gives the same bytes. */
function derive(passphrase: string, { n, r, p, salt }: Pick<z.infer<typeof header>, 'n' | 'r' | 'p' | 'salt'>): Promise<Uint8Array> {
  // scrypt needs 128·N·r bytes; Node refuses from `maxmem` on, so it gets what the bounded parameters need and no more
  const options = { N: n, r, p, maxmem: 128 * r * (n + p + 4) }
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, key: Buffer) => (error ? reject(error) : resolve(key))
    scrypt(passphrase.normalize('NFKC'), Buffer.from(salt, 'base64url'), keyBytes, options, done)
  })
}

function invalid(why: string, cause?: unknown): FcnError {
  return new FcnError('invalid_input', `This is not a recovery file: ${why}.`, { action: 'Choose the file that was exported.', cause })
}
