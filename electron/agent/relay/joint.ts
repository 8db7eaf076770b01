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
    pump(stream, mate, passed)
    stream.on('error', () => mate.destroy())
    stream.once('close', () => {
      // closed before it had ended both ways: the other side must not take that for an end
      if (!stream.readableEnded || !stream.writableFinished) mate.destroy()
      if (--open === 0) closed()
    })
  }
  follow(one, other)
  follow(other, one)
  if (one.destroyed || other.destroyed) for (const stream of [one, other]) stream.destroy()
}

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
