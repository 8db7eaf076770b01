/**
 * What an invite looks like on its way from one person to another: `fcn1.<base64url>`, or the link
 * `fcn://join?i=fcn1.<base64url>` for a click or a QR code. Byte layout and test vector: README.md, "Invites".
 */
import { createHash } from 'node:crypto'
import type { MeshId, NodeId } from '../components.ts'
import { FcnError } from '../errors.ts'
import { bytesOfId, idOfBytes } from '../identity/node-id.ts'

export interface Invitation {
  mesh: MeshId
  inviter: NodeId
  /** Bearer secret, 16 bytes. */
  secret: Uint8Array
  /** Milliseconds since 1970; kept in whole seconds. */
  expiresAt: number
  /** `host:port`, best first. */
  addresses: string[]
}

export const secretBytes = 16
const version = 1
const idBytes = 17
const checkBytes = 4
/** Secret, mesh, inviter, expiry, and the three single bytes. */
const fixedBytes = 3 + 2 * idBytes + secretBytes + 4
const maxAddresses = 6
/** Longest binary form: what a QR code on a screen still shows well. */
const maxBytes = 1_024
/** Longest text looked at, characters. */
const maxText = 2_048
const prefix = 'fcn1.'
const linkPrefix = 'fcn://join?i='
const form = /^(?:fcn:\/\/join\/?\?i=)?fcn1\.([A-Za-z0-9_-]+)$/u

/** Addresses that do not fit are left out, the last ones first. */
export function writeInvite({ mesh, inviter, secret, expiresAt, addresses }: Invitation): { text: string; link: string } {
  const head = Buffer.alloc(fixedBytes)
  const fitting = fittingAddresses(addresses)
  head.set([version, 0], 0)
  head.set(bytesOfId(mesh), 2)
  head.set(bytesOfId(inviter), 2 + idBytes)
  head.set(secret, 2 + 2 * idBytes)
  head.writeUInt32BE(Math.floor(expiresAt / 1000), fixedBytes - 5)
  head.writeUInt8(fitting.length, fixedBytes - 1)
  const content = Buffer.concat([
    head,
    ...fitting.map((address) => Buffer.from(`${String.fromCharCode(address.length)}${address}`, 'latin1')),
  ])
  const text = prefix + Buffer.concat([content, checkOf(content)]).toString('base64url')
  return { text, link: linkPrefix + text }
}

/** The invite in a text or link, whatever white space a mail program has put into it. Throws `invalid_input`. */
export function parseInvite(typed: string): Invitation {
  const encoded = typed.length > maxText ? undefined : form.exec(typed.replaceAll(/\s/gu, ''))?.[1]
  if (encoded === undefined) throw invalid('This is no invite: one begins with fcn1. or fcn://join.')
  const bytes = Buffer.from(encoded, 'base64url')
  if (bytes.toString('base64url') !== encoded || bytes.length < fixedBytes + checkBytes || bytes.length > maxBytes) throw damaged()
  const content = bytes.subarray(0, -checkBytes)
  if (!checkOf(content).equals(bytes.subarray(-checkBytes))) throw damaged()
  if (content[0] !== version || content[1] !== 0) {
    throw new FcnError('invalid_input', 'This invite was made by a newer version of the program.', { action: 'Update this node.' })
  }
  return {
    mesh: idOfBytes(content.subarray(2, 2 + idBytes)),
    inviter: idOfBytes(content.subarray(2 + idBytes, 2 + 2 * idBytes)),
    secret: Uint8Array.from(content.subarray(2 + 2 * idBytes, fixedBytes - 5)),
    expiresAt: content.readUInt32BE(fixedBytes - 5) * 1000,
    addresses: readAddresses(content.subarray(fixedBytes), content[fixedBytes - 1] ?? 0),
  }
}

function readAddresses(bytes: Buffer, count: number): string[] {
  const addresses: string[] = []
  let at = 0
  while (addresses.length < count && at < bytes.length) {
    const length = bytes[at] ?? 0
    addresses.push(bytes.subarray(at + 1, at + 1 + length).toString('latin1'))
    at += 1 + length
  }
  const whole = at === bytes.length && addresses.length === count && count >= 1 && count <= maxAddresses
  if (!whole || !addresses.every(isAddress)) throw damaged()
  return addresses
}

function fittingAddresses(addresses: readonly string[]): string[] {
  let room = maxBytes - fixedBytes - checkBytes
  return addresses
    .filter(isAddress)
    .slice(0, maxAddresses)
    .filter(({ length }) => (room -= length + 1) >= 0)
}

const isAddress = (text: string) => /^[\x21-\x7e]{3,255}$/u.test(text) && /^(?:[^\s/?#@\\:]+|\[[0-9a-f:.]+\]):\d{1,5}$/iu.test(text)

const checkOf = (content: Uint8Array) => createHash('sha256').update(content).digest().subarray(0, checkBytes)

const damaged = () => invalid('This invite is not complete, or a character of it is wrong.')

function invalid(sentence: string): FcnError {
  return new FcnError('invalid_input', sentence, { action: 'Copy the whole invite again.' })
}
