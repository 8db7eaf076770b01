/** How a simulated caller chooses among peers; one per way that is compared. */
import type { Random } from '../../../../electron/agent/support/random.ts'

export interface Policy {
  /** A request arrives. */
  begin(): Turn
}

/** One request, asked of one peer after the other. */
export interface Turn {
  /** The peer to ask, by number; null when nobody is left. */
  next(): number | null
  /** The one asked last answered with this status after so many ms; true when another is to be asked. */
  answered(status: number, ms: number): boolean
}

export interface PolicyOptions {
  peers: number
  random: Random
  /** Virtual time, ms. */
  now: () => number
}

export type CreatePolicy = (options: PolicyOptions) => Policy

/** Everybody in turn. */
export const roundRobin: CreatePolicy = ({ peers }) => {
  let turn = 0
  return { begin: () => ({ next: () => turn++ % peers, answered: () => false }) }
}

/** Of two drawn at random the one with less work under way (Mitzenmacher 2001). */
export const twoChoices: CreatePolicy = ({ peers, random }) => {
  const underWay = Array.from({ length: peers }, () => 0)
  const change = (peer: number, by: number) => void (underWay[peer] = (underWay[peer] ?? 0) + by)
  const draw = () => {
    const first = Math.floor(random.fraction() * peers)
    const second = (first + 1 + Math.floor(random.fraction() * (peers - 1))) % peers
    return (underWay[second] ?? 0) < (underWay[first] ?? 0) ? second : first
  }
  return {
    begin() {
      const peer = draw()
      return {
        next() {
          change(peer, 1)
          return peer
        },
        answered() {
          change(peer, -1)
          return false
        },
      }
    },
  }
}
