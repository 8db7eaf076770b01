import type { IncomingMessage } from 'node:http'
import { FcnError } from '../../errors.ts'
import type { Clock } from '../../support/clock.ts'

/** Largest body, bytes: a few pictures in base64. */
export const maxBody = 32 * 1024 * 1024
/** Of all requests that are under way together, bytes. */
const maxTogether = 256 * 1024 * 1024
/** Longest silence while it comes, ms, and longest time for all of it. */
const longestSilence = 30_000
const longestTime = 300_000

/** Reads bodies whole, within bounds for each and for all together. */
export interface WholeBodies {
  /**
   * Throws `too_large`, `busy` when others take too much already, `timeout`, `invalid_input` for one that is compressed or breaks off.
   * `wanted` is called before anything is read. Give the memory back by `done` when the request has ended.
   */
  read(request: IncomingMessage, wanted?: () => void): Promise<{ bytes: Buffer; done: () => void }>
}

export function createWholeBodies({ clock }: { clock: Clock }, { together: most = maxTogether } = {}): WholeBodies {
  let together = 0

  return {
    async read(request, wanted) {
      const announced = Number(request.headers['content-length'] ?? 0)
      if (announced > maxBody) throw tooLarge()
      if (together + announced > most) throw tooMuch()
      const coding = request.headers['content-encoding'] ?? 'identity'
      if (coding !== 'identity') {
        throw new FcnError('invalid_input', 'The body is compressed, which is not understood here.', { action: 'Send it as it is.' })
      }
      wanted?.()
      let size = 0
      const take = (chunk: Buffer) => {
        size += chunk.length
        together += chunk.length
        if (size > maxBody) throw tooLarge()
        if (together > most) throw tooMuch()
      }
      const done = () => {
        together -= size
        size = 0
      }
      try {
        return { bytes: await whole(request, { clock, take }), done }
      } catch (error) {
        done()
        throw error
      }
    },
  }
}

/** Every chunk is given to `take` first, which throws when it is too much. */
function whole(request: IncomingMessage, { clock, take }: { clock: Clock; take: (chunk: Buffer) => void }): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const until = clock.monotonic() + longestTime
    let cancel = () => {}
    const finish = (error: Error | null) => {
      cancel()
      request.off('data', onData).off('end', onEnd).off('error', onError).off('close', onClose)
      if (error === null) resolve(Buffer.concat(chunks))
      else reject(error)
    }
    const watch = () => {
      cancel()
      cancel = clock.after(Math.min(longestSilence, until - clock.monotonic()), () => finish(tooSlow()))
    }
    const onData = (chunk: Buffer) => {
      try {
        take(chunk)
      } catch (error) {
        finish(error as Error)
        return
      }
      chunks.push(chunk)
      watch()
    }
    const onEnd = () => finish(null)
    const onError = () => finish(brokenOff())
    const onClose = () => finish(brokenOff())
    request.on('data', onData).once('end', onEnd).once('error', onError).once('close', onClose)
    watch()
  })
}

const tooLarge = () =>
  new FcnError('too_large', `A request to a model has at most ${maxBody / 1024 / 1024} MiB.`, { action: 'Send fewer or smaller pictures.' })
const tooMuch = () =>
  new FcnError('busy', 'This node holds as many requests as it has memory for.', {
    action: 'Ask again in a moment.',
    details: { retryAfter: 2 },
  })
const tooSlow = () => new FcnError('timeout', 'The body of the request did not arrive in time.')
const brokenOff = () => new FcnError('invalid_input', 'The body of the request broke off.')
