/** The packets of NAT-PMP (RFC 6886), version 0. Pure; what does not fit to the byte is no answer. */
const version = 0
const opAddress = 0
const opMapTcp = 2
const isAnswer = 128

/** Result codes of answers. */
export const natPmpResult = { ok: 0, unsupportedVersion: 1, refused: 2, offline: 3, full: 4, unsupportedOp: 5 } as const

export const addressRequest = (): Buffer => Buffer.from([version, opAddress])

/** `lifetime` in s; 0 takes back what was mapped to `port`. */
export function mapRequest({ port, outside, lifetime }: { port: number; outside: number; lifetime: number }): Buffer {
  const packet = Buffer.alloc(12)
  packet.writeUInt8(version, 0)
  packet.writeUInt8(opMapTcp, 1)
  packet.writeUInt16BE(port, 4)
  packet.writeUInt16BE(lifetime === 0 ? 0 : outside, 6)
  packet.writeUInt32BE(lifetime, 8)
  return packet
}

/** What the router says; `result` is one of `natPmpResult`, or a number of a later version. */
export type NatPmpAnswer =
  | { kind: 'address'; result: number; address: string }
  | { kind: 'mapped'; result: number; port: number; outside: number; lifetime: number }
  | { kind: 'error'; op: 'address' | 'map'; result: number }

/** Reads an answer; null when it is none. */
export function readNatPmp(packet: Buffer): NatPmpAnswer | null {
  if (packet.length < 8) return null
  const op = packet.readUInt8(1) - isAnswer
  const result = packet.readUInt16BE(2)
  if (op !== opAddress && op !== opMapTcp) return null
  // a server of another version says so in its own version, which is the one time it differs from ours
  if (packet.readUInt8(0) !== version && result !== natPmpResult.unsupportedVersion) return null
  if (result !== natPmpResult.ok) return { kind: 'error', op: op === opAddress ? 'address' : 'map', result }
  if (op === opAddress) return packet.length < 12 ? null : { kind: 'address', result, address: packet.subarray(8, 12).join('.') }
  if (packet.length < 16) return null
  const [port, outside, lifetime] = [packet.readUInt16BE(8), packet.readUInt16BE(10), packet.readUInt32BE(12)]
  return { kind: 'mapped', result, port, outside, lifetime }
}
