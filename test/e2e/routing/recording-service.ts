import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { Ambiguous, type Message, readStrictly } from './strict-http.ts'

/** Fields about one connection; a node keeps them to itself (RFC 9110, 7.6.1). */
const hopByHop = new Set(['keep-alive', 'proxy-connection', 'proxy-authorization', 'te', 'http2-settings'])

/** A program that reads requests by the letter of RFC 9112 from the bare socket, and keeps what it was sent. */
export interface RecordingService {
  port: number
  requests: readonly Message[]
  /** What another program could have read in another way, or should not have been sent. */
  complaints: readonly string[]
  stop(): Promise<void>
}

/** Answers each request with its target and body. */
export async function startRecordingService(): Promise<RecordingService> {
  const requests: Message[] = []
  const complaints: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    let text = ''
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
    socket.on('data', (bytes: Buffer) => {
      text += bytes.toString('latin1')
      try {
        for (let read = readStrictly(text, { of: 'request' }); read !== null; read = readStrictly(text, { of: 'request' })) {
          text = read.rest
          requests.push(read.message)
          complaints.push(...complaintsAbout(read.message))
          socket.write(answerTo(read.message))
        }
      } catch (error) {
        if (!(error instanceof Ambiguous)) throw error
        complaints.push(`${error.message} in ${JSON.stringify(text.slice(0, 400))}`)
        socket.destroy()
      }
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    complaints,
    async stop() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

function complaintsAbout({ line, headers }: Message): string[] {
  const names = headers.map(([name]) => name)
  const upgrades = headers
    .filter(([name, value]) => name === 'upgrade' && value !== 'websocket')
    .map(([, value]) => `an upgrade to ${value}`)
  const hosts = names.filter((name) => name === 'host').length
  return [...(hosts === 1 ? [] : [`${hosts} hosts`]), ...upgrades, ...names.filter((name) => hopByHop.has(name))].map(
    (what) => `${what} in ${line}`,
  )
}

function answerTo({ line, body }: Message): string {
  const [method, target] = line.split(' ')
  const content = JSON.stringify({ target, body })
  return `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${content.length}\r\n\r\n${method === 'HEAD' ? '' : content}`
}
