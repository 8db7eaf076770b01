/**
 * Asks to join whose nonce is not revealed yet. No person hears of them: only after the reveal there is a code to
 * compare. In memory only, few, and for seconds: a node that asks reveals at once.
 */
import type { MeshId, NodeCaller } from '../components.ts'
import type { Clock } from '../support/clock.ts'
import { newId } from '../support/new-id.ts'
import type { Random } from '../support/random.ts'
import { nonceBytes } from './comparison-code.ts'
import { type JoinPenalty, networkOf } from './join-penalty.ts'

const maxAsks = 64
/** From the ask to the reveal, ms. */
const limit = 30_000

export interface UnrevealedAsk {
  id: string
  caller: NodeCaller
  mesh: MeshId
  name: string
  os: string
  /** Base64url, as it came. */
  commitment: string
  /** The approver's. */
  nonce: Uint8Array
  /** Monotonic ms. */
  at: number
}

export type UnrevealedAsks = ReturnType<typeof createUnrevealedAsks>

export function createUnrevealedAsks({ clock, random, penalty }: { clock: Clock; random: Random; penalty: JoinPenalty }) {
  const asks = new Map<string, UnrevealedAsk>()

  function giveUp(ask: UnrevealedAsk, at?: number): void {
    asks.delete(ask.id)
    penalty.fail(ask.caller.address, at)
  }

  /** Counts those that were never revealed. */
  function expire(): void {
    for (const ask of asks.values()) if (clock.monotonic() - ask.at >= limit) giveUp(ask, ask.at + limit)
  }

  return {
    expire,
    /** The same ask again, whose answer was lost. */
    again: (node: string, commitment: string): UnrevealedAsk | undefined =>
      [...asks.values()].find(({ caller, ...ask }) => caller.id === node && ask.commitment === commitment),
    /** Whether anybody's ask has that id. */
    has: (id: string): boolean => asks.has(id),
    openFrom: (network: string): number => [...asks.values()].filter(({ caller }) => networkOf(caller.address) === network).length,

    open(said: Pick<UnrevealedAsk, 'caller' | 'mesh' | 'name' | 'os' | 'commitment'>): UnrevealedAsk {
      const [oldest] = asks.values()
      if (asks.size >= maxAsks && oldest) giveUp(oldest)
      const id = newId(random)
      const ask = { ...said, id, nonce: random.bytes(nonceBytes), at: clock.monotonic() }
      asks.set(id, ask)
      return ask
    },

    /** The ask of that node, which is over with that; undefined for another node's. */
    take(node: string, id: string): UnrevealedAsk | undefined {
      const ask = asks.get(id)
      if (ask?.caller.id !== node) return undefined
      asks.delete(id)
      return ask
    },
  }
}
