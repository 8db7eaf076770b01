/** Plain connections that a hub joins for two members it has told about each other, by tickets it gave them. */
import type { Socket } from 'node:net'
import { laneReady, ticketBytes } from '../protocol/tunnel-protocol.ts'
import type { Clock } from '../support/clock.ts'
import type { Random } from '../support/random.ts'

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
  const expected = new Map<string, { meet: (socket: Socket) => void; cancel: () => void }>()
  const waiting = new Set<Socket>()

  function issue(meet: (socket: Socket) => void): string {
    const ticket = Buffer.from(random.bytes(ticketBytes)).toString('base64url')
    const cancel = clock.after(goodFor, () => expected.delete(ticket))
    expected.set(ticket, { meet, cancel })
    return ticket
  }

  const begin = (...sockets: Socket[]) => {
    for (const socket of sockets) socket.write(laneReady)
  }

  /** Until the other one is there; returns the function that ends the waiting. */
  function wait(socket: Socket): () => void {
    waiting.add(socket)
    const destroy = () => void socket.destroy()
    const cancel = clock.after(goodFor, destroy)
    // it says nothing before it is answered: what comes is its end
    socket.once('readable', destroy)
    const end = () => {
      cancel()
      waiting.delete(socket)
      socket.off('readable', destroy).off('close', end)
    }
    socket.once('close', end)
    return end
  }

  return {
    forTwo(met) {
      if (expected.size + 2 > maxTickets) return null
      let first: { socket: Socket; end: () => void } | null = null
      const meet = (socket: Socket) => {
        if (first === null) first = { socket, end: wait(socket) }
        else if (first.socket.destroyed) socket.destroy()
        else {
          first.end()
          begin(first.socket, socket)
          met(first.socket, socket)
        }
      }
      return [issue(meet), issue(meet)]
    },
    forOne(met) {
      if (expected.size >= maxTickets) return null
      return issue((socket) => {
        begin(socket)
        met(socket)
      })
    },
    take(ticket, socket) {
      const ticketHolder = expected.get(ticket)
      expected.delete(ticket)
      ticketHolder?.cancel()
      if (ticketHolder) ticketHolder.meet(socket)
      else socket.destroy()
    },
    close() {
      for (const { cancel } of expected.values()) cancel()
      expected.clear()
      for (const socket of waiting) socket.destroy()
    },
  }
}
