/**
 * Set hashes of a member table: 64 buckets of 64 bits, each the exclusive or of its members' hashes, so that one change
 * costs one update and two tables are compared in a few bytes. They find honest differences; they are no protection
 * against a peer that lies about its own table, which can only spoil its own exchange.
 */
import type { NodeId } from '../../../components.ts'
import type { Facts } from './facts.ts'

export const bucketCount = 64

/** Hash of one member: two words of 32 bits, and the bucket it belongs to. */
export interface Digest {
  readonly bucket: number
  readonly high: number
  readonly low: number
}

/** Characters of a token that enter the hash: its end, where signatures are random. */
const tokenTail = 16

export const bucketOf = (node: NodeId): number => hash(node, 0x811c9dc5) % bucketCount

export function digestOf({ node, record, statement, notice }: Facts, offline: boolean): Digest {
  const of = (version: number | undefined, token: string | undefined) =>
    token === undefined ? '-' : `${version}${token.slice(-tokenTail)}`
  const text = `${node} ${of(record?.version, record?.token)} ${of(statement?.incarnation, statement?.token)} ${of(notice?.version, notice?.token)} ${offline}`
  return { bucket: bucketOf(node), high: hash(text, 0x9747b28c), low: hash(text, 0x1b873593) }
}

/** FNV-1a (Fowler, Noll, Vo) with the finalizer of MurmurHash3 (Appleby). */
function hash(text: string, seed: number): number {
  let value = seed
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}

/** Adds a member to its bucket, or takes it out again: the operation is its own inverse. */
export function toggle(buckets: Uint32Array, { bucket, high, low }: Digest): void {
  buckets[2 * bucket] = (buckets[2 * bucket] ?? 0) ^ high
  buckets[2 * bucket + 1] = (buckets[2 * bucket + 1] ?? 0) ^ low
}

export const emptyBuckets = (): Uint32Array => new Uint32Array(2 * bucketCount)

/** 64 bits of hexadecimal over the whole table. */
export function rootOf(buckets: Uint32Array): string {
  let high = 0
  let low = 0
  for (let index = 0; index < buckets.length; index += 2) {
    high ^= buckets[index] ?? 0
    low ^= buckets[index + 1] ?? 0
  }
  return word(high >>> 0) + word(low >>> 0)
}

const word = (value: number) => value.toString(16).padStart(8, '0')

/** All buckets as text, 16 characters each. */
export function bucketsText(buckets: Uint32Array): string {
  let text = ''
  for (const value of buckets) text += word(value)
  return text
}

/** Numbers of the buckets in which a peer's text differs from ours. */
export function differing(buckets: Uint32Array, theirs: string): number[] {
  const ours = bucketsText(buckets)
  return Array.from({ length: bucketCount }, (_, bucket) => bucket).filter(
    (bucket) => ours.slice(16 * bucket, 16 * bucket + 16) !== theirs.slice(16 * bucket, 16 * bucket + 16),
  )
}
