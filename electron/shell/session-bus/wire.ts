/**
 * Messages of the D-Bus (D-Bus Specification 0.43, "Message Protocol"), as far as this program speaks it: strings, numbers
 * and truth values in, the same out. Pure.
 */

/** Kinds of message, by their number on the wire. */
export const messageType = { call: 1, answer: 2, error: 3, signal: 4 } as const

export interface BusMessage {
  type: number
  serial: number
  path?: string
  interface?: string
  member?: string
  errorName?: string
  replySerial?: number
  destination?: string
  sender?: string
  /** One letter per value of `body`. */
  signature?: string
  /** Empty when it holds a type that is not read here. */
  body: unknown[]
}

/** Far more than any message that is asked for here; whoever sends more is not heard any further. */
const largest = 256 * 1024
const fixedHeader = 16
const protocolVersion = 1

/** Each field of the header: its number, its type, and where it is kept. */
const fields = {
  1: { type: 'o', name: 'path' },
  2: { type: 's', name: 'interface' },
  3: { type: 's', name: 'member' },
  4: { type: 's', name: 'errorName' },
  5: { type: 'u', name: 'replySerial' },
  6: { type: 's', name: 'destination' },
  7: { type: 's', name: 'sender' },
  8: { type: 'g', name: 'signature' },
} as const

const padded = (size: number, to: number) => Math.ceil(size / to) * to

/** A message as bytes, little endian. `body` has one value for each letter of its signature: s, o, g, u, b, or v for a truth value. */
export function encodeMessage(message: BusMessage): Buffer {
  const body = createWriter()
  for (const [index, letter] of [...(message.signature ?? '')].entries()) body.put(letter, message.body[index])
  const header = createWriter()
  for (const [code, { type, name }] of Object.entries(fields)) {
    const value = message[name]
    if (value === undefined) continue
    header.align(8)
    header.bytes(Number(code), 1, type.charCodeAt(0), 0)
    header.put(type, value)
  }
  const content = body.take()
  const list = header.take()
  const fixed = Buffer.alloc(fixedHeader)
  fixed.set([0x6c, message.type, 0, protocolVersion])
  fixed.writeUInt32LE(content.length, 4)
  fixed.writeUInt32LE(message.serial, 8)
  fixed.writeUInt32LE(list.length, 12)
  return Buffer.concat([fixed, list, Buffer.alloc(padded(list.length, 8) - list.length), content])
}

function createWriter() {
  const parts: Buffer[] = []
  let size = 0
  const add = (part: Buffer) => {
    parts.push(part)
    size += part.length
  }
  const align = (to: number) => add(Buffer.alloc(padded(size, to) - size))
  const number = (value: number) => {
    align(4)
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32LE(value)
    add(bytes)
  }
  const put = (letter: string, value: unknown): void => {
    switch (letter) {
      case 's':
      case 'o':
        number(Buffer.byteLength(String(value)))
        return add(Buffer.from(`${String(value)}\0`))
      case 'g':
        return add(Buffer.from(`${String.fromCharCode(String(value).length)}${String(value)}\0`, 'latin1'))
      case 'u':
        return number(Number(value))
      case 'b':
        return number(value === true ? 1 : 0)
      case 'v':
        put('g', 'b')
        return put('b', value)
      default:
        throw new Error(`a value of type ${letter} cannot be sent`)
    }
  }
  return { put, align, bytes: (...values: number[]) => add(Buffer.from(values)), take: () => Buffer.concat(parts) }
}

/** Takes a stream of bytes apart: call it with what arrives, and it returns the messages that are complete. Throws on what is no message. */
export function createMessageReader(): (chunk: Uint8Array) => BusMessage[] {
  let rest = Buffer.alloc(0)
  return (chunk) => {
    rest = Buffer.concat([rest, chunk])
    const messages: BusMessage[] = []
    while (rest.length >= fixedHeader) {
      const length = wholeLength(rest)
      if (rest.length < length) break
      messages.push(decodeMessage(rest.subarray(0, length)))
      rest = rest.subarray(length)
    }
    return messages
  }
}

function wholeLength(bytes: Buffer): number {
  const little = bytes[0] === 0x6c
  if (!little && bytes[0] !== 0x42) throw new Error('this is no message of the D-Bus')
  const number = (at: number) => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at))
  const length = fixedHeader + padded(number(12), 8) + number(4)
  if (length > largest) throw new Error(`a message of ${length} bytes is more than is read`)
  return length
}

function decodeMessage(bytes: Buffer): BusMessage {
  const little = bytes[0] === 0x6c
  const header = createReader(bytes, little)
  const message: BusMessage = { type: bytes[1] ?? 0, serial: header.numberAt(8), body: [] }
  const end = fixedHeader + header.numberAt(12)
  header.moveTo(fixedHeader)
  while (header.at() < end) {
    header.align(8)
    const code = header.byte()
    const type = header.take('g')
    const value = header.take(String(type))
    if (code in fields) Object.assign(message, { [fields[code as keyof typeof fields].name]: value })
  }
  const content = createReader(bytes.subarray(padded(end, 8)), little)
  const signature = message.signature ?? ''
  // what other programs tell the bus may hold anything; only plain values are of interest
  if (/^[sogubv]*$/u.test(signature)) message.body = readAll(signature, content)
  return message
}

function readAll(signature: string, content: ReturnType<typeof createReader>): unknown[] {
  const values: unknown[] = []
  for (const letter of signature) {
    const value = content.take(letter)
    if (value === undefined) return []
    values.push(value)
  }
  return values
}

function createReader(bytes: Buffer, little: boolean) {
  let at = 0
  const align = (to: number) => void (at = padded(at, to))
  const numberAt = (place: number) => (little ? bytes.readUInt32LE(place) : bytes.readUInt32BE(place))
  const number = () => {
    align(4)
    at += 4
    return numberAt(at - 4)
  }
  const byte = () => bytes.readUInt8(at++)
  const text = (length: number) => {
    if (at + length >= bytes.length) throw new Error('a message of the D-Bus ends too early')
    at += length + 1
    return bytes.toString('utf8', at - length - 1, at - 1)
  }
  /** Undefined for a type that is not read here. */
  const take = (type: string): unknown => {
    switch (type) {
      case 's':
      case 'o':
        return text(number())
      case 'g':
        return text(byte())
      case 'u':
        return number()
      case 'b':
        return number() === 1
      case 'v':
        return take(text(byte()))
      default:
        return undefined
    }
  }
  return { at: () => at, moveTo: (place: number) => void (at = place), align, byte, take, numberAt }
}
