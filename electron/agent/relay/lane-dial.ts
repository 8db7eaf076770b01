import { connect, type Socket } from 'node:net'
import { laneHead, laneKeepAlive, laneReady } from '../protocol/tunnel-protocol.ts'

/** Where a hub takes lanes: where its tunnel leads. */
export interface Place {
  host: string
  port: number
}

/** Opens a lane and waits for the other side. Rejects when the hub does not want it, or with the signal's reason. */
export function dialLane({ host, port }: Place, ticket: string, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: laneKeepAlive, allowHalfOpen: true })
    let answer = ''
    const end = (error: Error | null) => {
      signal.removeEventListener('abort', onAbort)
      socket.off('readable', onReadable).off('error', end).off('end', onClose).off('close', onClose)
      if (error === null) {
        resolve(socket)
        return
      }
      socket.on('error', () => undefined).destroy()
      reject(error)
    }
    const onAbort = () => end(signal.reason as Error)
    const onClose = () => end(new Error('The hub closed a lane.'))
    const onReadable = () => {
      const bytes = socket.read(Math.min(socket.readableLength, laneReady.length - answer.length)) as Buffer | null
      answer += bytes?.toString('latin1') ?? ''
      if (!laneReady.startsWith(answer)) end(new Error('Something else than a hub answered a lane.'))
      else if (answer === laneReady) end(null)
    }
    signal.addEventListener('abort', onAbort, { once: true })
    socket.on('readable', onReadable).once('error', end).once('end', onClose).once('close', onClose)
    socket.write(laneHead(ticket))
    if (signal.aborted) onAbort()
  })
}
