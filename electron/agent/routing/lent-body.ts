import { Readable } from 'node:stream'

/** The body of an inbound request, lent to one attempt after another as long as none has taken a byte of it. */
export interface LentBody {
  /** A stream over the body, or null when the request has none. Give back (destroy) one before lending the next. */
  lend(): Readable | null
  /** Whether a byte has been taken: then no other attempt can send the whole body. */
  readonly touched: boolean
  readonly bytes: number
}

/** A body that arrives: paused until an attempt reads, with at most one buffer between the two. */
export function createLentBody(source: Readable, hasBody: boolean): LentBody {
  let bytes = 0

  const lend = (): Readable | null => {
    if (!hasBody) return null
    const onData = (chunk: Buffer) => {
      bytes += chunk.length
      if (!lent.push(chunk)) source.pause()
    }
    const onEnd = () => void lent.push(null)
    const onError = (error: Error) => void lent.destroy(error)
    const lent = new Readable({
      read: () => void source.resume(),
      destroy(error, done) {
        source.pause().off('data', onData).off('end', onEnd).off('error', onError)
        done(error)
      },
    })
    // whoever reads it is told by its reading; one that waits for a connection does not listen yet, and must not end the process
    lent.on('error', () => undefined)
    // paused explicitly, else the first listener would start the flow before anybody reads
    source.pause().on('data', onData).on('end', onEnd).on('error', onError)
    if (source.readableEnded) onEnd()
    return lent
  }

  return {
    lend,
    get touched() {
      return bytes > 0
    },
    get bytes() {
      return bytes
    },
  }
}
