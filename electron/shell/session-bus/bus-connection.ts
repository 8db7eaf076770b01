import { connect, type Socket } from 'node:net'
import type { Clock } from '../../agent/support/clock.ts'
import { createEmitter, type Signal } from '../../agent/support/signal.ts'
import { type BusMessage, createMessageReader, encodeMessage, messageType } from './wire.ts'

/** Whom a call is for. */
export interface BusTarget {
  destination: string
  path: string
  interface: string
  member: string
}

/** A connection with the user's session bus. */
export interface Bus {
  /** Rejects when it is refused, not answered within 5 s, or the connection ends. Arguments are texts. */
  call(target: BusTarget, ...args: string[]): Promise<unknown[]>
  /** Signals that a match was added for. */
  readonly signals: Signal<BusMessage>
  readonly closed: Signal<void>
  close(): void
}

export const busItself: Omit<BusTarget, 'member'> = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
}

/** Longest wait for the bus to let us in, and for an answer, ms. */
const answerLimit = 5_000
/** Calls that wait for their answer; nobody here makes more than a few. */
const maxWaiting = 64
/** Longest that the bus may talk before it lets us in, characters. */
const maxGreeting = 4_096

interface Waiting {
  resolve: (body: unknown[]) => void
  reject: (error: Error) => void
  cancel: () => void
}

/** Connects to the bus at `path` as the user with this id. Rejects when it does not answer, or does not let us in. */
export async function connectBus(path: string, { clock, uid }: { clock: Clock; uid: number }): Promise<Bus> {
  const socket = connect({ path })
  try {
    await signIn(socket, { clock, uid })
  } catch (error) {
    socket.destroy()
    throw error
  }
  const bus = speak(socket, clock)
  await bus.call({ ...busItself, member: 'Hello' })
  return bus
}

/** Shows who we are (the kernel tells the bus the same) and begins. The bus says one line to that. */
function signIn(socket: Socket, { clock, uid }: { clock: Clock; uid: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    const fail = (error: Error) => {
      end()
      reject(error)
    }
    const hear = (chunk: Buffer) => {
      said += chunk.toString('latin1')
      if (!said.includes('\r\n') && said.length < maxGreeting) return
      if (!said.startsWith('OK ')) return fail(new Error('the session bus does not let this program in'))
      end()
      socket.write('BEGIN\r\n')
      resolve()
    }
    const cancel = clock.after(answerLimit, () => fail(new Error('the session bus does not answer')))
    const closed = () => fail(new Error('the session bus closed the connection'))
    const end = () => {
      cancel()
      socket.off('data', hear).off('error', fail).off('close', closed)
    }
    socket.on('data', hear).on('error', fail).on('close', closed)
    socket.write(`\0AUTH EXTERNAL ${Buffer.from(String(uid)).toString('hex')}\r\n`)
  })
}

function speak(socket: Socket, clock: Clock): Bus {
  const waiting = new Map<number, Waiting>()
  const signals = createEmitter<BusMessage>()
  const closed = createEmitter()
  const read = createMessageReader()
  let serial = 0

  const settle = (of: number, how: (one: Waiting) => void) => {
    const one = waiting.get(of)
    waiting.delete(of)
    one?.cancel()
    if (one) how(one)
  }
  const take = (message: BusMessage) => {
    if (message.type === messageType.signal) signals.emit(message)
    else if (message.type === messageType.answer) settle(message.replySerial ?? 0, ({ resolve }) => resolve(message.body))
    else if (message.type === messageType.error)
      settle(message.replySerial ?? 0, ({ reject }) => reject(new Error(message.errorName ?? 'the call was refused')))
  }
  socket.on('data', (chunk: Buffer) => {
    try {
      read(chunk).forEach(take)
    } catch {
      // no way to tell where the next message begins
      socket.destroy()
    }
  })
  // 'close' follows
  socket.on('error', () => undefined)
  socket.on('close', () => {
    for (const of of [...waiting.keys()]) settle(of, ({ reject }) => reject(new Error('the connection with the session bus has ended')))
    closed.emit()
  })

  return {
    signals,
    closed,
    close: () => void socket.destroy(),
    call(target, ...args) {
      if (socket.destroyed || waiting.size >= maxWaiting) return Promise.reject(new Error('the session bus is not there'))
      const of = ++serial
      const signature = args.length === 0 ? {} : { signature: 's'.repeat(args.length) }
      return new Promise((resolve, reject) => {
        const cancel = clock.after(answerLimit, () => settle(of, () => reject(new Error('the session bus gave no answer'))))
        waiting.set(of, { resolve, reject, cancel })
        socket.write(encodeMessage({ type: messageType.call, serial: of, ...target, ...signature, body: args }))
      })
    },
  }
}
