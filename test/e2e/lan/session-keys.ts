import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** What opens the content of one TLS 1.3 session: its traffic secrets, and the keys that follow from them. */
export interface SessionKeys {
  /** By which both ends name the session: the client's random number, hex. */
  session: string
  keys: Buffer[]
}

const trafficSecret = /^(?:CLIENT|SERVER)_TRAFFIC_SECRET_0$/u

/** All sessions of a file that Node writes with `--tls-keylog` (draft-ietf-tls-keylogfile). */
export function readSessionKeys(file: string): SessionKeys[] {
  const sessions = new Map<string, Buffer[]>()
  for (const line of readFileSync(file, 'latin1').split('\n')) {
    const [label = '', session = '', hex = ''] = line.split(' ')
    if (!trafficSecret.test(label)) continue
    const secret = Buffer.from(hex, 'hex')
    sessions.set(session, [...(sessions.get(session) ?? []), secret, trafficKey(secret)])
  }
  return [...sessions].map(([session, keys]) => ({ session, keys }))
}

/** RFC 8446, 7.3, for the two suites of TLS 1.3 that Node prefers: AES-256-GCM with SHA-384, else a 32-byte key with SHA-256. */
function trafficKey(secret: Buffer): Buffer {
  const length = 32
  const label = Buffer.from('tls13 key')
  const info = Buffer.from([length >> 8, length & 0xff, label.length, ...label, 0, 1])
  return createHmac(secret.length === 48 ? 'sha384' : 'sha256', secret)
    .update(info)
    .digest()
    .subarray(0, length)
}
