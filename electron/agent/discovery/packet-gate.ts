/**
 * Decides which packets reach the DNS library at all: everybody on the network may send to the mDNS port, and most
 * packets there are not about us. Cheap checks first, before a name is unpacked. Pure apart from the clock.
 */
import { type LocalInterface } from '../network/local-interfaces.ts'
import { onLinkCheck, withoutScope } from '../network/subnet.ts'
import type { Clock } from '../support/clock.ts'
import { plainAddress } from '../support/loopback.ts'
import { createRateLimit } from '../support/rate-limit.ts'

/** DNS header; the longest mDNS packet that a home network carries is one Ethernet frame. */
const minBytes = 12
const maxBytes = 1_500
/** Unpacking takes the square of the number of records. */
const maxRecords = 64
/** Each question may cost an answer. */
const maxQuestions = 8
/** Packets of one sender, and of all: a network of a hundred nodes that all look stays below. */
const perSender = { burst: 40, perSecond: 10, maxKeys: 256 }
const altogether = { burst: 400, perSecond: 150, maxKeys: 1 }

interface PacketGateOptions {
  on: Pick<LocalInterface, 'addresses' | 'scope'>
  /** Only packets with one of these words in them, lower case. */
  words: readonly string[]
}

export interface PacketGate {
  admits(packet: Uint8Array, from: string): boolean
}

export function createPacketGate({ clock }: { clock: Clock }, { on, words }: PacketGateOptions): PacketGate {
  const senders = createRateLimit(perSender, clock)
  const all = createRateLimit(altogether, clock)
  const isOnLink = senderCheck(on)
  return {
    admits: (packet, from) => isSmall(packet) && isOnLink(from) && mentions(packet, words) && senders.take(from) && all.take(''),
  }
}

function isSmall(packet: Uint8Array): boolean {
  if (packet.length < minBytes || packet.length > maxBytes) return false
  const header = new DataView(packet.buffer, packet.byteOffset, minBytes)
  const [questions = 0, ...records] = [4, 6, 8, 10].map((at) => header.getUint16(at))
  return questions <= maxQuestions && records.reduce((sum, count) => sum + count, 0) <= maxRecords
}

/**
 * Only senders on the interface's own network (RFC 6762 section 11). Every socket on the port hears the packets of all
 * interfaces (Linux): this is also what tells them apart.
 */
function senderCheck({ addresses, scope }: PacketGateOptions['on']): (from: string) => boolean {
  const isOnLink = onLinkCheck(addresses)
  return (from) => (from.includes('%') ? from.endsWith(`%${scope}`) : isOnLink(plainAddress(withoutScope(from))))
}

function mentions(packet: Uint8Array, words: readonly string[]): boolean {
  const text = Buffer.from(packet.buffer, packet.byteOffset, packet.length).toString('latin1').toLowerCase()
  return words.some((word) => text.includes(word))
}
