/**
 * Frames on a link between two nodes: one JSON array per line (ndjson). `["s", body]` says something, `["a", n, body]`
 * asks, `["r", n, body]` answers question n, `["b"]` is the last word of a link that is closed on purpose.
 */
import type { Duplex } from 'node:stream'
import { parseJson } from '../support/json.ts'

/** Longest line, bytes: what a full sync may carry at a time (membership/swim/messages.ts), and JSON around it. */
const maxLine = 512 * 1024
/** A link with more than this waiting to be sent, bytes, takes nothing that may be lost. */
const maxWaiting = 64 * 1024
/** Nor anything else beyond this: the other side does not read. */
const maxWaitingReliably = 2 * 1024 * 1024

export type Frame = ['s', unknown] | ['a', number, unknown] | ['r', number, unknown] | ['b']

/** Looked at by hand: frames are what a node at rest reads most. What is inside is parsed by whom it is for. */
function isFrame(value: unknown): value is Frame {
  if (!Array.isArray(value)) return false
  const [kind, number] = value as unknown[]
  if (kind === 's') return value.length === 2
  if (kind === 'b') return value.length === 1
  return (kind === 'a' || kind === 'r') && value.length === 3 && Number.isSafeInteger(number) && (number as number) >= 0
}

export interface FrameSocket {
  /** False when it was not taken: too much is waiting, or the socket is closed. */
  write(frame: Frame): boolean
  /** Says what is waiting and the frame, then closes. Resolves when it is closed. */
  end(last: Frame): Promise<void>
  destroy(): void
}

/** Reads and writes frames; whatever is no frame, or too long, ends the connection. `closed` is called once. */
export function createFrameSocket(socket: Duplex, on: { frame: (frame: Frame) => void; closed: () => void }): FrameSocket {
  let parts: Buffer[] = []
  let length = 0

  function take(chunk: Buffer): boolean {
    length += chunk.length
    if (length > maxLine) return false
    parts.push(chunk)
    return true
  }

  /** False for what is no frame. */
  function line(): boolean {
    const [only] = parts
    const read = parseJson((parts.length === 1 && only ? only : Buffer.concat(parts)).toString('utf8'))
    parts = []
    length = 0
    if (!isFrame(read)) return false
    on.frame(read)
    return true
  }

  socket.on('data', (chunk: Buffer) => {
    let begin = 0
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, begin)) {
      if (socket.destroyed) return
      if (!take(chunk.subarray(begin, end)) || !line()) {
        socket.destroy()
        return
      }
      begin = end + 1
    }
    if (begin < chunk.length && !take(chunk.subarray(begin))) socket.destroy()
  })
  socket.on('error', () => socket.destroy()).on('end', () => socket.end())
  socket.once('close', on.closed)

  return {
    write(content) {
      const limit = content[0] === 's' ? maxWaiting : maxWaitingReliably
      if (!socket.writable || socket.writableLength > limit) return false
      socket.write(`${JSON.stringify(content)}\n`)
      return true
    },
    end: (last) =>
      new Promise((resolve) => {
        if (socket.closed) resolve()
        else socket.once('close', resolve)
        if (socket.writable) socket.end(`${JSON.stringify(last)}\n`)
      }),
    destroy: () => void socket.destroy(),
  }
}
