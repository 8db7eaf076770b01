import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'

const mebibyte = 1024 * 1024

/** A real program that somebody shares: POST answers size and hash of the body, `/bytes/<n>` sends n random bytes, WebSockets echo. */
export interface EchoService {
  port: number
  /** Hash of the bytes sent last. */
  lastSha256(): string
  /** Requests that have reached it. */
  requests(): number
  stop(): Promise<void>
}

export async function startEchoService(): Promise<EchoService> {
  let last = ''
  let requests = 0
  const server = createServer((incoming, answer) => {
    requests += 1
    const done = incoming.method === 'POST' ? digest(incoming, answer) : send(incoming, answer).then((sha256) => void (last = sha256))
    done.catch((error: unknown) => answer.destroy(error as Error))
  })
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket) => socket.on('message', (data, binary) => socket.send(data as Buffer, { binary })))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    lastSha256: () => last,
    requests: () => requests,
    async stop() {
      for (const socket of sockets.clients) socket.terminate()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function digest(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    hash.update(chunk)
    bytes += chunk.length
  }
  answer.setHeader('content-type', 'application/json')
  answer.end(JSON.stringify({ sha256: hash.digest('hex'), bytes, path: incoming.url }))
}

async function send(incoming: IncomingMessage, answer: ServerResponse): Promise<string> {
  const size = Number(/^\/bytes\/(\d+)/u.exec(incoming.url ?? '')?.[1] ?? 0)
  const hash = createHash('sha256')
  for (let sent = 0; sent < size; sent += mebibyte) {
    const chunk = randomBytes(Math.min(mebibyte, size - sent))
    hash.update(chunk)
    if (!answer.write(chunk)) await once(answer, 'drain')
  }
  answer.end()
  return hash.digest('hex')
}
