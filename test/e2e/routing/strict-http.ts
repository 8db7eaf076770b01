/** Who sent it, and for an answer whether it may have a body at all. */
export type Kind = { of: 'request' } | { of: 'answer'; to: string }

export interface Message {
  /** Request or status line. */
  line: string
  /** Names in lower case. */
  headers: [name: string, value: string][]
  body: string
  trailers: [name: string, value: string][]
}

/** A message that somebody could read in another way than somebody else. */
export class Ambiguous extends Error {}

const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/u
const requestLine = /^[A-Z]+ \/[!-~]* HTTP\/1\.1$/u
const statusLine = /^HTTP\/1\.1 [1-9]\d\d(?: [\t -~\u0080-\u00ff]*)?$/u
/** Fields that say where a message ends or where it goes; as trailers they may mislead (RFC 9110, 6.5.1). */
const framing = new Set(['content-length', 'transfer-encoding', 'host', 'connection', 'trailer', 'te', 'content-encoding'])

/**
 * Reads one message (latin1) by the letter of RFC 9112, without any of the leniency that parsers have. Null when more
 * must come first. `rest` is what follows it; an answer without a length lasts until `ended`. Throws `Ambiguous`.
 */
export function readStrictly(text: string, kind: Kind, ended = false): { message: Message; rest: string } | null {
  const end = text.indexOf('\r\n\r\n')
  if (end === -1) {
    if (/(?:^|[^\r])\n/u.test(text)) throw new Ambiguous('a bare line feed')
    return null
  }
  const [line = '', ...lines] = text.slice(0, end).split('\r\n')
  if (!(kind.of === 'request' ? requestLine : statusLine).test(line)) throw new Ambiguous(`the line ${JSON.stringify(line)}`)
  const headers = lines.map(field)
  const message: Message = { line, headers, body: '', trailers: [] }
  const rest = text.slice(end + 4)
  const length = lengthOf(headers)
  if (kind.of === 'answer' && (kind.to === 'HEAD' || /^HTTP\/1\.1 (?:1\d\d|204|304)/u.test(line))) return { message, rest }
  if (length === 'chunked') return readChunks(message, rest)
  if (length === null) {
    if (kind.of === 'request') return { message, rest }
    return ended ? { message: { ...message, body: rest }, rest: '' } : null
  }
  if (rest.length < length) return null
  return { message: { ...message, body: rest.slice(0, length) }, rest: rest.slice(length) }
}

function field(line: string): [string, string] {
  const colon = line.indexOf(':')
  const name = line.slice(0, colon)
  const value = line.slice(colon + 1)
  if (colon < 1 || !token.test(name) || !/^[\t -~\u0080-\u00ff]*$/u.test(value)) throw new Ambiguous(`the field ${JSON.stringify(line)}`)
  return [name.toLowerCase(), value.trim()]
}

function lengthOf(headers: readonly [string, string][]): number | 'chunked' | null {
  const all = (name: string) => headers.filter(([one]) => one === name).map(([, value]) => value)
  const codings = all('transfer-encoding')
  const lengths = all('content-length')
  if (codings.length + lengths.length > 1) throw new Ambiguous(`lengths ${JSON.stringify([...codings, ...lengths])}`)
  if (codings.length === 1) {
    if (codings[0]?.toLowerCase() !== 'chunked') throw new Ambiguous(`the coding ${codings[0]}`)
    return 'chunked'
  }
  if (lengths.length === 0) return null
  if (!/^\d{1,15}$/u.test(lengths[0] ?? '')) throw new Ambiguous(`the length ${lengths[0]}`)
  return Number(lengths[0])
}

function readChunks(message: Message, text: string): { message: Message; rest: string } | null {
  let body = ''
  let rest = text
  for (;;) {
    const end = rest.indexOf('\r\n')
    if (end === -1) return null
    const size = rest.slice(0, end)
    if (!/^[0-9a-f]{1,8}$/iu.test(size)) throw new Ambiguous(`the chunk size ${JSON.stringify(size.slice(0, 40))}`)
    rest = rest.slice(end + 2)
    const bytes = Number.parseInt(size, 16)
    if (bytes === 0) break
    if (rest.length < bytes + 2) return null
    if (rest.slice(bytes, bytes + 2) !== '\r\n') throw new Ambiguous('a chunk longer than it says')
    body += rest.slice(0, bytes)
    rest = rest.slice(bytes + 2)
  }
  const trailers: [string, string][] = []
  for (;;) {
    const end = rest.indexOf('\r\n')
    if (end === -1) return null
    const line = rest.slice(0, end)
    rest = rest.slice(end + 2)
    if (line === '') return { message: { ...message, body, trailers }, rest }
    const [name, value] = field(line)
    if (framing.has(name)) throw new Ambiguous(`the trailer ${name}`)
    trailers.push([name, value])
  }
}
