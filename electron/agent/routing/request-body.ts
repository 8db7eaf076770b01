import { Readable } from 'node:stream'
import type { ByteRate } from '../support/byte-rate.ts'
import type { Clock } from '../support/clock.ts'

/** What is kept of a body so that another node can be asked with it, bytes. */
export const maxReplay = 1024 * 1024

/** The body of an inbound request, lent to one attempt after another as long as all that was taken of it is kept. */
export interface RequestBody {
  /**
   * A stream over the whole body, no faster than `pace` allows. Give back (destroy) one before lending the next. Throws
   * when it cannot be lent again.
   */
  lend(pace?: Pace | null): Readable
  /** Whether the next attempt would get the whole body. */
  readonly replayable: boolean
  /** Received so far. */
  readonly bytes: number
}

/** A limit on the bytes per second. */
export interface Pace {
  rate: ByteRate
  clock: Clock
}

interface RequestBodyOptions {
  /** Called before the first byte is asked for: the caller may be waiting for that (100-continue). */
  wanted?: () => void
  /** Most bytes kept. */
  keep?: number
}

/** A body that arrives: paused until an attempt reads, with at most one buffer between the two beside what is kept. */
export function createRequestBody(source: Readable, { wanted, keep = maxReplay }: RequestBodyOptions = {}): RequestBody {
  let kept: Buffer[] | null = []
  let bytes = 0
  let asked = false

  const take = (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > keep) kept = null
    else kept?.push(chunk)
  }

  const lend = (pace: Pace | null = null): Readable => {
    if (kept === null) throw new Error('A part of the body is gone.')
    const again = [...kept]
    let waits = false
    const onData = (chunk: Buffer) => {
      take(chunk)
      const wait = pace === null ? 0 : pace.rate.passed(chunk.length)
      if (!lent.push(chunk) || wait > 0) source.pause()
      if (pace === null || wait === 0) return
      waits = true
      pace.clock.after(wait, () => {
        waits = false
        if (!lent.destroyed) source.resume()
      })
    }
    const onEnd = () => void lent.push(null)
    const onError = (error: Error) => void lent.destroy(error)
    const flow = () => {
      if (!asked) wanted?.()
      asked = true
      if (!waits) source.resume()
    }
    const lent = new Readable({
      read() {
        while (again.length > 0) if (!lent.push(again.shift())) return
        if (source.readableEnded) onEnd()
        else flow()
      },
      destroy(error, done) {
        source.pause().off('data', onData).off('end', onEnd).off('error', onError)
        done(error)
      },
    })
    // whoever reads it is told by its reading; one that waits for a connection does not listen yet, and must not end the process
    lent.on('error', () => undefined)
    // paused explicitly, else the first listener would start the flow before anybody reads
    source.pause().on('data', onData).on('end', onEnd).on('error', onError)
    return lent
  }

  return {
    lend,
    get replayable() {
      return kept !== null
    },
    get bytes() {
      return bytes
    },
  }
}
