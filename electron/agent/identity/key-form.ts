/** The two forms in which a private key is on disk; README.md beside this file describes them. */
import type { NodeId } from '../components.ts'

export type KeyForm =
  | { kind: 'plain'; pem: string }
  | { kind: 'wrapped'; backend: string; id: NodeId; sealed: Uint8Array }
  /** Wrapped by a later version of this program. */
  | { kind: 'newer' }
  | { kind: 'unknown' }

const word = 'fcn-wrapped-key'
const version = 1
const header = /^fcn-wrapped-key ([1-9]\d{0,4}) ([a-z0-9_]{1,32}) ([A-Z2-7]{7}(?:-[A-Z2-7]{7}){3})$/u
const lineLength = 64
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/u

/** What a key file holds. Decides by the first line; whether the key itself is good is not known yet. */
export function readKeyForm(text: string): KeyForm {
  if (text.startsWith('-----BEGIN PRIVATE KEY-----')) return { kind: 'plain', pem: text }
  const [first = '', ...lines] = text.split('\n')
  const [, written, backend = '', id = ''] = header.exec(first) ?? []
  if (written === undefined) return { kind: 'unknown' }
  if (Number(written) > version) return { kind: 'newer' }
  const body = lines.join('')
  if (body === '' || lines.at(-1) !== '' || !base64.test(body)) return { kind: 'unknown' }
  return { kind: 'wrapped', backend, id, sealed: Buffer.from(body, 'base64') }
}

export function wrappedText({ backend, id, sealed }: { backend: string; id: NodeId; sealed: Uint8Array }): string {
  const lines =
    Buffer.from(sealed)
      .toString('base64')
      .match(new RegExp(`.{1,${lineLength}}`, 'gu')) ?? []
  return [`${word} ${version} ${backend} ${id}`, ...lines, ''].join('\n')
}
