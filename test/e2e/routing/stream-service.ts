import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

const gibibyte = 2 ** 30
const chunk = Buffer.alloc(65_536, 'x')

/**
 * A program whose exchanges last: `/silent` never answers, `/endless` sends 64 KiB each 10 ms, `/events` an
 * event each 20 ms, `/upload` takes a body and answers at its end, `/gibibyte` sends 1 GiB. Requests name themselves in `x-nonce`.
 */
export interface StreamService {
  port: number
  /** Exchanges under way. */
  open(): number
  /** When the connection of the request with this nonce closed (`performance.now()`); absent: it never came, or is open. */
  closedAt(nonce: string): number | undefined
  isOpen(nonce: string): boolean
  stop(): Promise<void>
}

export async function startStreamService(): Promise<StreamService> {
  const closed = new Map<string, number>()
  const open = new Set<string>()
  const server = createServer((incoming, response) => {
    const nonce = String(incoming.headers['x-nonce'])
    open.add(nonce)
    response.on('error', () => undefined) // the caller has gone, which is what is tested
    response.once('close', () => {
      open.delete(nonce)
      closed.set(nonce, performance.now())
    })
    answer(incoming, response).catch(() => response.destroy())
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    open: () => open.size,
    closedAt: (nonce) => closed.get(nonce),
    isOpen: (nonce) => open.has(nonce),
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  switch (incoming.url) {
    case '/silent':
      incoming.resume() // else it would not see the end of its connection behind the unread body
      return
    case '/events':
      response.setHeader('content-type', 'text/event-stream')
      return repeat(response, 'data: tick\n\n', 20)
    case '/endless':
      return repeat(response, chunk, 10)
    case '/gibibyte':
      response.setHeader('content-length', gibibyte)
      return sendBytes(response, gibibyte)
    default:
      for await (const _chunk of incoming);
      response.end('ok')
  }
}

function repeat(response: ServerResponse, content: string | Buffer, interval: number): void {
  const timer = setInterval(() => {
    if (!response.writableNeedDrain) response.write(content)
  }, interval)
  response.once('close', () => clearInterval(timer))
}

/** As fast as the other side takes them. */
async function sendBytes(response: ServerResponse, count: number): Promise<void> {
  const gone = once(response, 'close')
  for (let sent = 0; sent < count && !response.destroyed; sent += chunk.length) {
    if (!response.write(chunk)) await Promise.race([once(response, 'drain'), gone])
  }
  response.end()
}
