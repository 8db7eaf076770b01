import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { processUse } from '../../bench/measure.ts'
import type { ServingMesh } from './serving-mesh.ts'

/** How often the nodes' memory is looked at, ms. */
const look = 100
/** What a reader takes at a time, bytes, and how long it then pauses, ms. */
const sip = 16_384
const pause = 250
/** Longest wait for a small request meanwhile, and for every reader to have had something, ms: a busy machine takes its time. */
const patience = 20_000

export interface Reading {
  /** Bytes that each reader got. */
  bytes: number[]
  /** Resident memory of each node, bytes: before, the greatest until then, and the greatest meanwhile. */
  memory: { node: string; before: number; peakBefore: number; peak: number }[]
  /** Time of each request that others made meanwhile, ms; infinite when it was not answered. */
  others: number[]
}

/** Readers of 1 GiB each that take a little at a time, and small requests beside them, for `duration` ms at least. */
export async function readSlowly(mesh: ServingMesh, { readers, duration }: { readers: number; duration: number }): Promise<Reading> {
  const memory = [mesh.caller, ...mesh.serving].map(({ name, pid }) => {
    const { rss, peak } = processUse(pid)
    return { node: name, pid, before: rss, peakBefore: peak, peak: 0 }
  })
  const sockets = Array.from({ length: readers }, (_, index) => open(mesh.caller.port, index))
  const bytes = sockets.map(() => 0)
  const others: number[] = []
  const over = new AbortController()
  const loops = sockets.map(async (socket, index) => {
    await once(socket, 'connect')
    while (!over.signal.aborted) {
      const taken = socket.read(Math.min(sip, socket.readableLength || 1)) as Buffer | null
      bytes[index] = (bytes[index] ?? 0) + (taken?.length ?? 0)
      await delay(pause)
    }
    socket.destroy()
  })
  const begun = performance.now()
  const isOver = (after: number) => after >= duration && (after >= patience || bytes.every((count) => count > 0))
  while (!isOver(performance.now() - begun)) {
    for (const node of memory) node.peak = Math.max(node.peak, processUse(node.pid).rss)
    others.push(await timeOf(mesh))
    await delay(look)
  }
  over.abort()
  await Promise.all(loops)
  return { bytes, memory: memory.map(({ node, before, peakBefore, peak }) => ({ node, before, peakBefore, peak })), others }
}

/** One reader of a peer's stream that takes so many bytes as fast as they come, then goes away. */
export async function readFast(mesh: ServingMesh, peer: string, bytes: number): Promise<void> {
  const over = new AbortController()
  const answer = await fetch(mesh.at('streams', '/gibibyte', peer), { headers: { 'x-nonce': 'fast' }, signal: over.signal })
  let read = 0
  for await (const chunk of answer.body ?? []) {
    read += chunk.length
    if (read >= bytes) break
  }
  over.abort()
}

function open(port: number, index: number): Socket {
  const socket = connect({ port, host: '127.0.0.1', readableHighWaterMark: sip } as { port: number; host: string })
  socket.on('error', () => undefined) // seen as a reader that gets nothing
  socket.on('readable', () => undefined) // read by the loop, at its own pace
  socket.write(`GET /services/any/any/streams/gibibyte HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Nonce: reader-${index}\r\n\r\n`)
  return socket
}

/** Infinite when there is no answer within `patience`. */
async function timeOf(mesh: ServingMesh): Promise<number> {
  const began = performance.now()
  const signal = AbortSignal.timeout(patience)
  try {
    const answer = await fetch(mesh.at('streams', '/upload'), { method: 'POST', body: 'x', headers: { 'x-nonce': 'other' }, signal })
    await answer.text()
    return performance.now() - began
  } catch (error) {
    if (signal.aborted) return Infinity
    throw error
  }
}
