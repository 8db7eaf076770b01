/**
 * The one signed format of this program: a compact JWS (RFC 7515) with ES256 (RFC 7518) over a JSON payload,
 * `base64url(header).base64url(payload).base64url(signature)`, header `{"alg":"ES256","typ":<type>}`. Only the canonical
 * base64url form is accepted, so that each flipped bit of a token is noticed.
 */
import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { CompactSign, compactVerify } from 'jose'
import type { z } from 'zod'
import { FcnError } from '../errors.ts'
import { parseJson } from '../support/json.ts'

export type TokenType = 'fcn-admission' | 'fcn-member' | 'fcn-revocation' | 'fcn-mesh' | 'fcn-policy'

/** Names a text among others: the first 128 bits of its SHA-256, base64url. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url')
}

export async function signToken(type: TokenType, payload: object, privateKey: KeyObject): Promise<string> {
  return new CompactSign(Buffer.from(JSON.stringify(payload))).setProtectedHeader({ alg: 'ES256', typ: type }).sign(privateKey)
}

/** What a token claims, before its signature is checked; throws `untrusted` when it is not of that form at all. */
export function peekToken<S extends z.ZodType>(token: string, schema: S): z.infer<S> {
  const parts = token.split('.')
  if (parts.length !== 3 || !parts.every(isCanonical)) throw forged('it is not a signed token')
  let json: unknown
  try {
    json = JSON.parse(Buffer.from(parts[1] as string, 'base64url').toString('utf8'))
  } catch (cause) {
    throw forged('its payload is not JSON', cause)
  }
  const claims = schema.safeParse(json)
  if (!claims.success) throw forged(`its payload is not valid (${claims.error.issues[0]?.path.join('.')})`)
  return claims.data
}

/** The type a token claims to have; null when it claims none that can be read. */
export function peekType(token: string): string | null {
  const header = parseJson(Buffer.from(token.slice(0, token.indexOf('.')), 'base64url').toString('utf8'))
  return header !== null && typeof header === 'object' && 'typ' in header && typeof header.typ === 'string' ? header.typ : null
}

/** Throws `untrusted` unless `token` is of that type and signed with the private half of `publicKey` (base64url SPKI). */
export async function verifyToken(token: string, type: TokenType, publicKey: string): Promise<void> {
  const key = keyOfSpki(publicKey)
  let header: { typ?: string }
  try {
    header = (await compactVerify(token, key, { algorithms: ['ES256'] })).protectedHeader
  } catch (cause) {
    throw forged('its signature does not hold', cause)
  }
  if (header.typ !== type) throw forged(`it is not a ${type} token`)
}

/** A P-256 public key from its canonical SubjectPublicKeyInfo; throws `untrusted` for anything else. */
export function keyOfSpki(publicKey: string): KeyObject {
  const der = Buffer.from(publicKey, 'base64url')
  let key: KeyObject
  try {
    key = createPublicKey({ key: der, format: 'der', type: 'spki' })
  } catch (cause) {
    throw forged('its key cannot be read', cause)
  }
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw forged('its key is not a P-256 key')
  if (!isCanonical(publicKey) || !key.export({ format: 'der', type: 'spki' }).equals(der)) {
    throw forged('its key is not in canonical form')
  }
  return key
}

function isCanonical(part: string): boolean {
  return part.length > 0 && Buffer.from(part, 'base64url').toString('base64url') === part
}

function forged(why: string, cause?: unknown): FcnError {
  return new FcnError('untrusted', `A signed statement cannot be trusted: ${why}.`, { cause })
}
