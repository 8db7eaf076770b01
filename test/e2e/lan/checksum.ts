const ipv4 = 0x0800
const tcp = 6
const udp = 17
const ethernetHeader = 14

/**
 * Writes the right checksum into the TCP or UDP packet of an Ethernet frame. Between the cards of one machine the kernel leaves it
 * for the hardware to do, which there is none of.
 */
export function completeChecksum(frame: Buffer): void {
  if (frame.length < ethernetHeader + 20 || frame.readUInt16BE(12) !== ipv4) return
  const packet = frame.subarray(ethernetHeader, ethernetHeader + frame.readUInt16BE(ethernetHeader + 2))
  const isFragment = (packet.readUInt16BE(6) & 0x3fff) !== 0
  const protocol = packet.readUInt8(9)
  if (isFragment || (protocol !== tcp && protocol !== udp)) return
  const content = packet.subarray((packet.readUInt8(0) & 0x0f) * 4)
  const at = protocol === tcp ? 16 : 6
  if (content.length < at + 2) return
  content.writeUInt16BE(0, at)
  // addresses, protocol and length count, too (RFC 9293, 3.1)
  const sum = sumOf(content) + sumOf(packet.subarray(12, 20)) + protocol + content.length
  content.writeUInt16BE(~folded(sum) & 0xffff || 0xffff, at)
}

function sumOf(bytes: Buffer): number {
  let sum = 0
  for (let at = 0; at + 1 < bytes.length; at += 2) sum += bytes.readUInt16BE(at)
  return bytes.length % 2 === 1 ? sum + (bytes.at(-1) ?? 0) * 256 : sum
}

function folded(sum: number): number {
  let rest = sum
  while (rest > 0xffff) rest = (rest & 0xffff) + Math.floor(rest / 0x10000)
  return rest
}
