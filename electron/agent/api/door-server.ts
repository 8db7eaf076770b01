import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Caller, Refusals } from '../components.ts'
import type { Logger } from '../support/logger.ts'
import { createCallers } from './caller.ts'
import { defaultLimits } from './limits.ts'
import { createRequestHooks, type RequestHook } from './request-hooks.ts'

/** Connections to one door at once; programs of one computer need far fewer. */
const maxConnections = 256

interface DoorServerComponents {
  log: Logger
  refusals: Pick<Refusals, 'request'>
  /** Answers whatever comes. */
  take: (request: IncomingMessage, response: ServerResponse, caller: Caller, options: { expectsContinue: boolean }) => void
}

/** Opens a port of loopback on which one thing answers, beside the node's own port. Rejects with a system error. */
export function createDoorOpener({ log, refusals, take }: DoorServerComponents): (port: number) => Promise<{ close(): Promise<void> }> {
  const hooks = createRequestHooks({ log, refusals, admit: () => undefined })
  const everything: RequestHook = { prefixes: ['/'], request: take }
  hooks.add(everything)
  const callerOf = createCallers()
  const answer = (expectsContinue: boolean) => (request: IncomingMessage, response: ServerResponse) => {
    // only what is no path at all is left: it is no request that anybody here understands
    if (!hooks.dispatch(request, response, () => callerOf(request.socket), { expectsContinue })) response.writeHead(400).end()
  }

  return async (port) => {
    const { headers, keepAlive, checkEvery, closing } = defaultLimits
    const timing = { headersTimeout: headers, requestTimeout: 0, keepAliveTimeout: keepAlive, connectionsCheckingInterval: checkEvery }
    const server = createServer({ ...timing, requireHostHeader: false }, answer(false))
    server.maxConnections = maxConnections
    server.on('checkContinue', answer(true))
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
        server.off('error', reject).on('error', (error) => log.warn({ error, port }, 'A connection to a door could not be accepted.'))
        resolve()
      })
    })
    return {
      async close() {
        const closed = new Promise<void>((resolve) => server.close(() => resolve()))
        // not on the clock, whose timers let the process end: an open connection alone does not keep it alive until then
        const cutOff = setTimeout(() => server.closeAllConnections(), closing)
        await closed
        clearTimeout(cutOff)
      },
    }
  }
}
