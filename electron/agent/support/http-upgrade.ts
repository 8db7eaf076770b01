import type { IncomingHttpHeaders } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Dispatcher } from 'undici'

interface UpgradeAsk {
  path: string
  method: string
  headers: Record<string, string | string[]>
  protocol: string
  /** Ends the asking; the socket, once there is one, is its owner's. */
  signal: AbortSignal
  origin?: string
  /** Longest wait for the head of the answer, ms. */
  headersTimeout?: number | undefined
}

/** The other side has switched, or has answered like to any request; of that answer the first bytes are kept. */
export type UpgradeAnswer =
  | { switched: true; headers: IncomingHttpHeaders; socket: Duplex }
  | { switched: false; status: number; headers: IncomingHttpHeaders; text: string }

/** Of an answer that declines this much is read, bytes: enough for an error of ours. */
const maxText = 16 * 1024

/** Asks for another protocol. On the level of `dispatch`, because undici's `upgrade` hides how it was declined. */
export function askUpgrade(
  dispatcher: Dispatcher,
  { path, method, headers, protocol, signal, origin, headersTimeout }: UpgradeAsk,
): Promise<UpgradeAnswer> {
  return new Promise((resolve, reject) => {
    let declined: Extract<UpgradeAnswer, { switched: false }> | null = null
    let abort = () => reject(signal.reason as Error)
    const onAbort = () => abort()
    const settle = (act: () => void) => {
      signal.removeEventListener('abort', onAbort)
      act()
    }
    signal.addEventListener('abort', onAbort, { once: true })
    dispatcher.dispatch(
      {
        path,
        method,
        headers,
        upgrade: protocol,
        ...(origin === undefined ? {} : { origin }),
        ...(headersTimeout === undefined ? {} : { headersTimeout }),
      },
      {
        onRequestStart(controller) {
          abort = () => controller.abort(signal.reason as Error)
          if (signal.aborted) abort()
        },
        onRequestUpgrade: (_controller, _status, answered, socket) => settle(() => resolve({ switched: true, headers: answered, socket })),
        onResponseStart(_controller, status, answered) {
          declined = { switched: false, status, headers: answered, text: '' }
        },
        onResponseData(controller, chunk) {
          if (declined === null) return
          declined.text += chunk.toString('utf8')
          if (declined.text.length > maxText) controller.abort(new Error('The rest is of no interest.'))
        },
        onResponseEnd: () => settle(() => declined !== null && resolve(declined)),
        // an answer that breaks off, or is cut off here, has declined all the same
        onResponseError: (_controller, error) => settle(() => (declined === null || signal.aborted ? reject(error) : resolve(declined))),
      },
    )
  })
}
