/** Plain connections that a hub joins for two members it has told about each other, by tickets it gave them. */
import type { Socket } from 'node:net'
import type { Clock } from '../support/clock.ts'
import type { Random } from '../support/random.ts'
import { laneReady, ticketBytes } from './tunnel-protocol.ts'

/** A ticket is good for this long, ms: a member on a slow line needs two round trips to use it. */
const goodFor = 5_000
/** Tickets given out at once; beyond that connections stay in the tunnels. */
const maxTickets = 4_096

export interface Lanes {
  /** Tickets for both ends of a connection; null when there are too many. `met` is called with both, once they are there. */
  forTwo(met: (one: Socket, other: Socket) => void): [string, string] | null
  /** A ticket for the far end alone; `met` is called with it. */
  forOne(met: (far: Socket) => void): string | null
  /** Somebody came with a ticket; one that is not good ends its connection. */
  take(ticket: string, socket: Socket): void
  close(): void
}

export function createLanes({ clock, random }: { clock: Clock; random: Random }): Lanes {
  const expected = new Map<string, (socket: Socket) => void>()
  const waiting = new Set<Socket>()

  function issue(take: (socket: Socket) => void): string {
    const ticket = Buffer.from(random.bytes(ticketBytes)).toString('base64url')
    expected.set(ticket, take)
    clock.after(goodFor, () => expected.delete(ticket))
    return ticket
  }

  const begin = (...sockets: Socket[]) => {
    for (const socket of sockets) socket.write(laneReady)
  }

  return {
    forTwo(met) {
      if (expected.size + 2 > maxTickets) return null
      let first: Socket | null = null
      const take = (socket: Socket) => {
        if (first === null) {
          first = socket
          wait(socket)
        } else if (!first.destroyed) {
          waiting.delete(first)
          begin(first, socket)
          met(first, socket)
        } else socket.destroy()
      }
      return [issue(take), issue(take)]
    },
    forOne(met) {
      if (expected.size >= maxTickets) return null
      return issue((socket) => {
        begin(socket)
        met(socket)
      })
    },
    take(ticket, socket) {
      const meet = expected.get(ticket)
      expected.delete(ticket)
      if (meet) meet(socket)
      else socket.destroy()
    },
    close() {
      expected.clear()
      for (const socket of waiting) socket.destroy()
    },
  }

  function wait(socket: Socket): void {
    waiting.add(socket)
    const cancel = clock.after(goodFor, () => void (waiting.has(socket) && socket.destroy()))
    socket.once('close', () => {
      cancel()
      waiting.delete(socket)
    })
  }
}
