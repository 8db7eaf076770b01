import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Where in an exchange the service stops and waits, so that its node can be killed just there. */
export const positions = [
  'before connecting',
  'before the request is read',
  'after the request head',
  'in the request body',
  'before the answer head',
  'after the answer head',
  'in the answer body',
  'at the end of the answer',
] as const
export type Position = (typeof positions)[number]

/** Size of an answer, bytes: more than one buffer where it needs a middle. */
const sizeAt = (position: Position | 'anywhere') => (position === 'anywhere' ? 100 : 300_000)

/** The answer to the request with this nonce; a part of it, or that of another, is told apart. */
export const answerTo = (nonce: string, position: Position | 'anywhere'): Buffer =>
  Buffer.from(`${nonce}\n`.repeat(Math.ceil(sizeAt(position) / (nonce.length + 1))))

/**
 * What all services of one test have done: requests name themselves in `x-nonce`, and in `x-position` where the service
 * shall wait while the gate is closed.
 */
export interface Ledger {
  /** How often a head with this nonce has reached a service. */
  seen(nonce: string): number
  /** How often the whole request has. */
  executed(nonce: string): number
  /** How many requests wait at their position now, by the port of their service. */
  waiting(): ReadonlyMap<number, number>
  /** Closes the gate; returns the function that opens it. */
  close(): () => void
  isClosed(): boolean
}

export interface CountingService {
  port: number
  stop(): Promise<void>
}

export function createLedger(): Ledger & { serve(): Promise<CountingService> } {
  const seen = new Map<string, number>()
  const executed = new Map<string, number>()
  const waiting = new Map<number, number>()
  let gate: Promise<void> | null = null
  const count = (counts: Map<string, number>, nonce: string) => void counts.set(nonce, (counts.get(nonce) ?? 0) + 1)

  const answer = async (incoming: IncomingMessage, response: ServerResponse, port: number) => {
    const nonce = String(incoming.headers['x-nonce'])
    const wanted = incoming.headers['x-position'] as Position | 'anywhere'
    const reach = async (position: Position) => {
      if (wanted !== position || gate === null) return
      waiting.set(port, (waiting.get(port) ?? 0) + 1)
      await gate
    }
    count(seen, nonce)
    await reach('after the request head')
    let first = true
    for await (const _chunk of incoming) {
      if (first) await reach('in the request body')
      first = false
    }
    count(executed, nonce)
    await reach('before the answer head')
    const content = answerTo(nonce, wanted)
    // half of the answers are chunked: their end is said in another way
    response.writeHead(200, nonce.endsWith('0') ? {} : { 'content-length': content.length })
    response.flushHeaders()
    await reach('after the answer head')
    response.write(content.subarray(0, 100_000))
    await reach('in the answer body')
    response.end(content.subarray(100_000))
    if (!response.writableFinished) await once(response, 'finish')
    await reach('at the end of the answer')
  }

  return {
    seen: (nonce) => seen.get(nonce) ?? 0,
    executed: (nonce) => executed.get(nonce) ?? 0,
    waiting: () => waiting,
    isClosed: () => gate !== null,
    close() {
      const { promise, resolve } = Promise.withResolvers<void>()
      gate = promise
      waiting.clear()
      return () => {
        gate = null
        resolve()
      }
    },
    async serve() {
      const server = createServer((incoming, response) => {
        response.on('error', () => undefined) // its node was killed, which is what is tested
        answer(incoming, response, port).catch(() => response.destroy())
      })
      await once(server.listen(0, '127.0.0.1'), 'listening')
      const { port } = server.address() as AddressInfo
      return {
        port,
        async stop() {
          server.closeAllConnections()
          server.close()
          await once(server, 'close')
        },
      }
    },
  }
}
