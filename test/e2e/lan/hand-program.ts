/** What a hand (hand.ts) does in a host of the laboratory. Commands and answers are messages of the parent's channel. */
import { createHash, randomBytes } from 'node:crypto'
import { connect, createServer, type Socket } from 'node:net'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { Agent, request } from 'undici'
import { startEchoService } from '../echo-service.ts'
import type { HandCommand, HandRequest, HandResult } from './hand.ts'

const mebibyte = 1024 * 1024
/** Of an answer, what is told as text, bytes. */
const maxText = 256 * 1024

const sockets = new Map<string, Socket>()
const dispatcher = new Agent({ connect: { timeout: 5_000 } })
const echo = { started: null as ReturnType<typeof startEchoService> | null }

const doers: { [D in HandCommand['do']]: (command: Extract<HandCommand, { do: D }>) => Promise<unknown> } = {
  request: ({ request: asked }) => ask(asked),
  async echo() {
    echo.started ??= startEchoService()
    const { port, lastSha256, requests, digests } = await echo.started
    return { port, lastSha256: lastSha256(), requests: requests(), digests: digests() }
  },
  async listen({ port }) {
    // tells everybody from where they seem to come
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy())
      socket.on('data', () => socket.write(`${socket.remoteAddress} ${socket.remotePort}`))
    })
    await once(server.listen(port, '0.0.0.0'), 'listening')
  },
  async say({ host, port, localPort, limit }) {
    const begin = performance.now()
    const signal = AbortSignal.timeout(limit)
    const name = `${host}:${port}:${localPort}`
    try {
      let socket = sockets.get(name)
      if (socket === undefined) {
        socket = connect({ host, port, localPort })
        socket.on('error', () => undefined) // told by whoever waits
        sockets.set(name, socket)
        await once(socket, 'connect', { signal })
      }
      socket.write('?')
      const [heard] = (await once(socket, 'data', { signal })) as [Buffer]
      return { heard: heard.toString(), ms: performance.now() - begin }
    } catch (error) {
      return { heard: null, ms: performance.now() - begin, error: nameOf(error) }
    }
  },
}

async function ask({ url, method = 'GET', headers = {}, body, upload, filledWith, limit = 20_000 }: HandRequest): Promise<HandResult> {
  const begin = performance.now()
  const result: HandResult = { status: 0, ms: 0, firstMs: 0, bytes: 0, sha256: '', sentSha256: '', text: '', error: null }
  const [hash, sent] = [createHash('sha256'), createHash('sha256')]
  try {
    const content = upload === undefined ? body : Readable.from(largeBody(upload, sent, filledWith))
    const answer = await request(url, { method, headers, body: content ?? null, dispatcher, signal: AbortSignal.timeout(limit) })
    result.status = answer.statusCode
    result.firstMs = performance.now() - begin
    const beginning: Buffer[] = []
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      hash.update(chunk)
      if (result.bytes < maxText) beginning.push(chunk)
      result.bytes += chunk.length
    }
    result.text = Buffer.concat(beginning).toString()
  } catch (error) {
    result.error = nameOf(error)
  }
  return { ...result, ms: performance.now() - begin, sha256: hash.digest('hex'), sentSha256: sent.digest('hex') }
}

/** The code of a system's error, else what kind it is. */
const nameOf = (error: unknown): string => {
  const { code, name } = error as { code?: unknown; name: string }
  return typeof code === 'string' ? code : name
}

function* largeBody(size: number, hash: ReturnType<typeof createHash>, filling?: string) {
  for (let sent = 0; sent < size; sent += mebibyte) {
    const length = Math.min(mebibyte, size - sent)
    const chunk = filling === undefined ? randomBytes(length) : Buffer.alloc(length, filling)
    hash.update(chunk)
    yield chunk
  }
}

process.on('message', ({ id, command }: { id: number; command: HandCommand }) => {
  const run = doers[command.do] as (command: HandCommand) => Promise<unknown>
  run(command).then(
    (value) => process.send?.({ id, value }),
    (error: unknown) => process.send?.({ id, error: String(error) }),
  )
})
// the laboratory is gone
process.once('disconnect', () => process.exit(0))
process.send?.('ready')
