import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'

const mebibyte = 1024 * 1024
/** Between two bytes, ms. */
const dripInterval = 50

/**
 * A real program that somebody shares: POST answers size and hash of the body, `/bytes/<n>` sends n random bytes, `/drip` one byte
 * after the other without an end; WebSockets echo.
 */
export interface EchoService {
  port: number
  /** Hash of the bytes sent last. */
  lastSha256(): string
  /** Requests that have reached it. */
  requests(): number
  /** Of each body that was posted whole, in order. */
  digests(): readonly string[]
  stop(): Promise<void>
}

export async function startEchoService(): Promise<EchoService> {
  let last = ''
  let requests = 0
  const digests: string[] = []
  const server = createServer((incoming, answer) => {
    requests += 1
    if (incoming.url === '/drip') {
      drip(answer)
      return
    }
    const done =
      incoming.method === 'POST'
        ? digest(incoming, answer).then((sha256) => void digests.push(sha256))
        : send(incoming, answer).then((sha256) => void (last = sha256))
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
    digests: () => digests,
    async stop() {
      for (const socket of sockets.clients) socket.terminate()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function digest(incoming: IncomingMessage, answer: ServerResponse): Promise<string> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    hash.update(chunk)
    bytes += chunk.length
  }
  const sha256 = hash.digest('hex')
  answer.setHeader('content-type', 'application/json')
  answer.end(JSON.stringify({ sha256, bytes, path: incoming.url }))
  return sha256
}

function drip(answer: ServerResponse): void {
  const timer = setInterval(() => answer.write('.'), dripInterval)
  answer.once('close', () => clearInterval(timer))
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
