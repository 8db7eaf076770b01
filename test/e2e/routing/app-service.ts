import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'

/** What reached it of one request. */
export interface Heard {
  method: string
  headers: IncomingMessage['headers']
  trailers: IncomingMessage['trailers']
  bytes: number
  sha256: string
}

/**
 * A program written with node:http and `ws`. Most paths answer what was heard of the request. `/trailers` adds a trailer,
 * `/events` sends an event at each `tick()`, `/refuse` answers an Expect with 417, `/silent` never answers; WebSockets echo.
 */
export interface AppService {
  port: number
  heard: readonly Heard[]
  /** Event streams that are open. */
  listeners(): number
  /** Requests to `/silent` that are open. */
  waiting(): number
  tick(text: string): void
  stop(): Promise<void>
}

export async function startAppService(): Promise<AppService> {
  const heard: Heard[] = []
  const streams = new Set<ServerResponse>()
  const silent = new Set<ServerResponse>()
  const keep = (set: Set<ServerResponse>, response: ServerResponse) => {
    set.add(response)
    response.once('close', () => set.delete(response))
  }
  const answer = async (incoming: IncomingMessage, response: ServerResponse) => {
    const path = incoming.url?.split('?', 1)[0]
    if (path === '/events') {
      keep(streams, response)
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
      return
    }
    const hash = createHash('sha256')
    let bytes = 0
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      hash.update(chunk)
      bytes += chunk.length
    }
    const { method = '', headers, trailers } = incoming
    const one = { method, headers, trailers, bytes, sha256: hash.digest('hex') }
    heard.push(one)
    if (path === '/silent') return keep(silent, response)
    response.setHeader('content-type', 'application/json')
    if (path === '/trailers') {
      response.setHeader('trailer', 'x-sum')
      response.write(JSON.stringify(one))
      response.addTrailers({ 'x-sum': one.sha256 })
      response.end()
    } else if (path === '/chunked') {
      response.write('{}')
      response.end()
    } else response.end(JSON.stringify(one))
  }
  const onRequest = (incoming: IncomingMessage, response: ServerResponse) => {
    response.on('error', () => undefined)
    answer(incoming, response).catch(() => response.destroy())
  }
  const server = createServer(onRequest)
  server.on('checkContinue', (incoming, response) => {
    if (incoming.url === '/refuse') {
      response.writeHead(417, { connection: 'close' }).end()
      return
    }
    response.writeContinue()
    onRequest(incoming, response)
  })
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket) => socket.on('message', (data, binary) => socket.send(data as Buffer, { binary })))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    heard,
    listeners: () => streams.size,
    waiting: () => silent.size,
    tick(text) {
      for (const stream of streams) stream.write(`data: ${text}\n\n`)
    },
    async stop() {
      for (const socket of sockets.clients) socket.terminate()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
