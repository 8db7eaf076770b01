import { randomBytes, randomInt } from 'node:crypto'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { processUse } from '../../bench/measure.ts'
import { eventually } from '../../support/eventually.ts'
import type { NodeProcess } from '../node-process.ts'
import { socketCount } from './process-sockets.ts'
import type { ServingMesh } from './serving-mesh.ts'
import type { StreamService } from './stream-service.ts'

/** Longest life of a client, ms: long enough that most have their answer begun. */
const longestLife = 250
/** A storm is over when the service has nothing open; if that takes longer something is stuck, ms. */
const calm = 5_000

const shapes = ['GET /silent', 'GET /endless', 'GET /events', 'POST /upload', 'POST /silent'] as const

export interface StormOptions {
  aborts: number
  /** Clients at a time. */
  crowd: number
  /** How long the sockets kept for the next request get to close, ms. */
  rest: number
}

export interface Storm {
  /** Requests that had come to the service. */
  arrived: number
  /** From the abort to the end of the exchange at the service, ms, each. */
  waits: number[]
  /** Exchanges that never ended there. */
  stuck: number
  /** Sockets of each node before and after. */
  sockets: { node: string; before: number; after: number }[]
  /** Resident memory of each node before and after, bytes. */
  memory: { node: string; before: number; after: number }[]
}

/** Clients that go away at random moments, from before the request is out to the middle of the answer. */
export async function abortStorm(mesh: ServingMesh, service: StreamService, { aborts, crowd, rest }: StormOptions): Promise<Storm> {
  const nodes = [mesh.caller, ...mesh.serving]
  const before = nodes.map(measure)
  const aborted = new Map<string, number>()
  let left = aborts
  await Promise.all(
    Array.from({ length: crowd }, async () => {
      while (left-- > 0) {
        const nonce = randomBytes(9).toString('hex')
        await oneClient(mesh.caller.port, nonce)
        aborted.set(nonce, performance.now())
      }
    }),
  )
  await eventually('the service has nothing to do', () => service.open() === 0, calm).catch(() => undefined) // counted below
  const reached = [...aborted].filter(([nonce]) => service.closedAt(nonce) !== undefined || service.isOpen(nonce))
  await delay(rest)
  const after = nodes.map(measure)
  const compare = (of: 'sockets' | 'memory') =>
    nodes.map(({ name }, index) => ({ node: name, before: before[index]?.[of] ?? 0, after: after[index]?.[of] ?? 0 }))
  return {
    arrived: reached.length,
    waits: reached.map(([nonce, at]) => Math.max(0, (service.closedAt(nonce) ?? Infinity) - at)).filter(Number.isFinite),
    stuck: service.open(),
    sockets: compare('sockets'),
    memory: compare('memory'),
  }
}

const measure = ({ pid }: NodeProcess) => ({ sockets: socketCount(pid), memory: processUse(pid).rss })

/** Asks, and goes after a random time: with a goodbye or without, reading or not. */
async function oneClient(port: number, nonce: string): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined) // whatever the node does to it, it goes anyway
  if (randomInt(4) > 0) socket.resume()
  const [method, path] = (shapes[randomInt(shapes.length)] ?? shapes[0]).split(' ')
  const head = `${method} /services/any/any/streams${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Nonce: ${nonce}\r\n`
  if (method === 'GET') socket.write(`${head}\r\n`)
  else socket.write(`${head}Content-Length: 1000000\r\n\r\n${'x'.repeat(randomInt(200_000))}`)
  await delay(randomInt(longestLife))
  if (randomInt(2) === 0) socket.destroy()
  else socket.resetAndDestroy()
}
