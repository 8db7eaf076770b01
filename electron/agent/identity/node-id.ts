import { createHash } from 'node:crypto'
import type { NodeId } from '../components.ts'
import { FcnError } from '../errors.ts'

/**
 * Ids of nodes and meshes: the first 130 bits of SHA-256 over a public key's SubjectPublicKeyInfo (DER), written as 26
 * base32 characters (RFC 4648 alphabet, read aloud without 0/O, 1/I, 8/B doubts) and two check characters, in four
 * groups of seven: `K7QDM3X-WPA4HNU-5SYB2RC-TJE6LQZ`.
 *
 * The check characters make the id a Reed–Solomon codeword of length 28 over GF(32) (Reed and Solomon, 1960) with
 * minimum distance 3: any one or two wrong characters, swapped neighbours included, are always noticed.
 */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const dataLength = 26
const idLength = 28

export function idOfPublicKey(spki: Uint8Array): NodeId {
  const hash = createHash('sha256').update(spki).digest()
  const symbols: number[] = []
  for (let bit = 0; symbols.length < dataLength; bit += 5) {
    const pair = ((hash[bit >> 3] ?? 0) << 8) | (hash[(bit >> 3) + 1] ?? 0)
    symbols.push((pair >> (11 - (bit & 7))) & 31)
  }
  return group([...symbols, ...checkSymbols(symbols)])
}

/**
 * The id in its one canonical form. Accepts any case, spaces and dashes anywhere, and the look-alikes 0→O, 1→I, 8→B.
 * Throws `invalid_input` that says whether the length, a character or the check is wrong.
 */
export function parseId(text: string): NodeId {
  const bare = text.slice(0, 200).replace(/[\s-]/gu, '').toUpperCase().replaceAll('0', 'O').replaceAll('1', 'I').replaceAll('8', 'B')
  if (bare.length !== idLength) {
    throw new FcnError('invalid_input', `An id has ${idLength} letters and digits; this one has ${bare.length}.`, {
      action: 'Copy the whole id.',
    })
  }
  const symbols = [...bare].map((character) => alphabet.indexOf(character))
  const wrong = symbols.indexOf(-1)
  if (wrong !== -1)
    throw new FcnError('invalid_input', `The character “${bare[wrong]}” cannot be part of an id.`, { action: 'Copy the id again.' })
  const data = symbols.slice(0, dataLength)
  const [first, second] = checkSymbols(data)
  if (symbols[dataLength] !== first || symbols[dataLength + 1] !== second) {
    throw new FcnError('invalid_input', 'This id has a typing error: its check characters do not fit.', {
      action: 'Compare it group by group with the original.',
    })
  }
  return group(symbols)
}

/** The 130 bits of an id as 17 bytes, most significant first; the last six bits are zero. Throws as `parseId`. */
export function bytesOfId(id: string): Uint8Array {
  const symbols = [...parseId(id).replaceAll('-', '')].slice(0, dataLength).map((character) => BigInt(alphabet.indexOf(character)))
  const bits = symbols.reduce((value, symbol) => (value << 5n) | symbol, 0n) << 6n
  return Buffer.from(bits.toString(16).padStart(34, '0'), 'hex')
}

/** The id of what `bytesOfId` made; throws `invalid_input` for anything else. */
export function idOfBytes(bytes: Uint8Array): string {
  if (bytes.length !== 17 || ((bytes[16] ?? 0) & 0b111111) !== 0) throw new FcnError('invalid_input', 'These bytes are no id.')
  const bits = BigInt(`0x${Buffer.from(bytes).toString('hex')}`) >> 6n
  const symbols = Array.from({ length: dataLength }, (_, index) => Number((bits >> BigInt(5 * (dataLength - 1 - index))) & 31n))
  return group([...symbols, ...checkSymbols(symbols)])
}

function group(symbols: readonly number[]): NodeId {
  const characters = symbols.map((symbol) => alphabet[symbol]).join('')
  return [0, 7, 14, 21].map((start) => characters.slice(start, start + 7)).join('-')
}

/** Remainder of data(x)·x² divided by (x − α)(x − α²) over GF(32), so that the whole word is a multiple of it. */
function checkSymbols(data: readonly number[]): [number, number] {
  const alpha = 2
  const alphaSquared = multiply(alpha, alpha)
  const linear = alpha ^ alphaSquared
  const constant = multiply(alpha, alphaSquared)
  let high = 0
  let low = 0
  for (const symbol of data) {
    const feedback = symbol ^ high
    high = low ^ multiply(feedback, linear)
    low = multiply(feedback, constant)
  }
  return [high, low]
}

/** Multiplication in GF(32) with the primitive polynomial x⁵ + x² + 1. */
function multiply(a: number, b: number): number {
  let product = 0
  for (let bit = 0; bit < 5; bit++) {
    if ((b >> bit) & 1) product ^= a << bit
  }
  for (let bit = 9; bit >= 5; bit--) {
    if ((product >> bit) & 1) product ^= 0b100101 << (bit - 5)
  }
  return product
}
