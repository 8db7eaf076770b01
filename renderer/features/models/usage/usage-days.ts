/** Tokens by day and peer, as a table shows them. Pure. */
import type { CallOutput } from '../../../../electron/contract/calls.ts'

type Entry = CallOutput<'ai.usage'>[number]

/** Requests, and tokens read and written for them. */
export interface Amount {
  requests: number
  tokensIn: number
  tokensOut: number
}

export interface PeerUse {
  peer: Entry['peer']
  /** Null: nothing went that way. */
  served: Amount | null
  asked: Amount | null
}

export interface UsageDay {
  /** `2026-11-28`, by the calendar of the node. */
  day: string
  /** Those with the most tokens first. */
  peers: PeerUse[]
  served: Amount
  asked: Amount
}

const nothing: Amount = { requests: 0, tokensIn: 0, tokensOut: 0 }
const sum = (a: Amount, b: Amount): Amount => ({
  requests: a.requests + b.requests,
  tokensIn: a.tokensIn + b.tokensIn,
  tokensOut: a.tokensOut + b.tokensOut,
})
const tokens = (amount: Amount | null) => (amount === null ? 0 : amount.tokensIn + amount.tokensOut)
const all = (amounts: (Amount | null)[]) => amounts.reduce<Amount>((total, each) => (each === null ? total : sum(total, each)), nothing)

/** The newest day first. */
export function usageDays(entries: readonly Entry[]): UsageDay[] {
  const days = new Map<string, Map<string, PeerUse>>()
  for (const { day, peer, direction, requests, tokensIn, tokensOut } of entries) {
    const peers = days.get(day) ?? new Map<string, PeerUse>()
    const use = peers.get(peer.id) ?? { peer, served: null, asked: null }
    peers.set(peer.id, { ...use, [direction]: sum(use[direction] ?? nothing, { requests, tokensIn, tokensOut }) })
    days.set(day, peers)
  }
  return [...days]
    .toSorted(([a], [b]) => (a < b ? 1 : -1))
    .map(([day, byPeer]) => {
      const peers = [...byPeer.values()].toSorted((a, b) => tokensOf(b) - tokensOf(a) || a.peer.name.localeCompare(b.peer.name))
      return { day, peers, served: all(peers.map(({ served }) => served)), asked: all(peers.map(({ asked }) => asked)) }
    })
}

const tokensOf = ({ served, asked }: PeerUse) => tokens(served) + tokens(asked)

/** The middle of a day, in the time zone of whoever looks: to be written as a date. */
export function timeOfDay(day: string): number {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date, 12).getTime()
}
