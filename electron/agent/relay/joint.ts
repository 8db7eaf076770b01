import { constants, type Http2Stream } from 'node:http2'
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'

interface JointEvents {
  /** Bytes have gone on. False: no more are taken until `resume` is called. */
  passed: (bytes: number, resume: () => void) => boolean
  /** Both are closed. Called once. */
  closed: () => void
}

/**
 * Joins two byte streams until both have ended: what comes from one goes to the other, at the pace of the slower. When one
 * breaks, so does the other.
 */
export function join(one: Duplex, other: Duplex, { passed, closed }: JointEvents): void {
  let open = 2
  const follow = (stream: Duplex, mate: Duplex) => {
    const leave = () => {
      if (--open === 0) closed()
    }
    if (stream.closed) {
      process.nextTick(leave)
      return
    }
    pump(stream, mate, passed)
    stream.on('error', () => breakOff(mate))
    stream.once('close', () => {
      if (!stream.readableEnded || !stream.writableFinished) breakOff(mate)
      leave()
    })
  }
  follow(one, other)
  follow(other, one)
  if (one.destroyed || other.destroyed) for (const stream of [one, other]) breakOff(stream)
}

/** Closes a stream so that the other side does not take that for the end of what was sent (RFC 9113, 8.5). */
export function breakOff(stream: Duplex): void {
  if (stream.destroyed) return
  if (stream instanceof Socket) stream.resetAndDestroy()
  else if (isHttp2(stream)) stream.close(constants.NGHTTP2_CONNECT_ERROR)
  else stream.destroy()
}

const isHttp2 = (stream: Duplex): stream is Http2Stream => 'rstCode' in stream

function pump(from: Duplex, to: Duplex, passed: JointEvents['passed']): void {
  let reasons = 0
  const hold = () => {
    if (reasons++ === 0) from.pause()
  }
  const release = () => {
    if (--reasons === 0) from.resume()
  }
  from.on('data', (chunk: Buffer) => {
    if (!to.writable) return
    if (!to.write(chunk)) {
      hold()
      to.once('drain', release)
    }
    if (!passed(chunk.length, release)) hold()
  })
  from.once('end', () => to.end())
}
