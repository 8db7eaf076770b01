import { createSocket, type RemoteInfo } from 'node:dgram'
import type { Clock } from '../../support/clock.ts'

/** A short conversation over a datagram socket of its own. */
export interface DatagramTalk<T> {
  readonly socket: ReturnType<typeof createSocket>
  /** Hears what arrives while the talk goes on. */
  onPacket(listener: (packet: Buffer, from: RemoteInfo) => void): void
  /** Does something later, unless the talk has ended. */
  after(ms: number, task: () => void): void
  /** Ends the talk with its answer; nothing is heard or sent afterwards. */
  end(answer: T): void
}

interface TalkOptions<T> {
  clock: Clock
  signal: AbortSignal
  /** The answer when the socket fails: there is no way there, or nobody listens. */
  silence: T
}

/** Ends when `begin` or what it began calls `end`; rejects with the signal's reason when aborted first. Closes its socket. */
export function talk<T>({ clock, signal, silence }: TalkOptions<T>, begin: (talk: DatagramTalk<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const socket = createSocket('udp4')
    const timers: (() => void)[] = []
    let over = false
    const close = () => {
      over = true
      for (const cancel of timers) cancel()
      signal.removeEventListener('abort', onAbort)
      socket.close()
    }
    const end = (answer: T) => {
      if (over) return
      close()
      resolve(answer)
    }
    const onAbort = () => {
      close()
      reject(signal.reason as Error)
    }
    signal.addEventListener('abort', onAbort, { once: true })
    socket.on('error', () => end(silence))
    begin({
      socket,
      end,
      onPacket: (listener) => void socket.on('message', (packet, from) => void (over || listener(packet, from))),
      after: (ms, task) => void timers.push(clock.after(ms, () => void (over || task()))),
    })
  })
}
