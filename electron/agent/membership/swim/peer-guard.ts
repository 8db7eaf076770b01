/** Whom we still listen to: a peer that sends too much, or things that do not hold, is not heard for a while. */
import type { NodeId } from '../../components.ts'
import type { Clock } from '../../support/clock.ts'
import { createRateLimit } from '../../support/rate-limit.ts'
import { guardRules } from './rules.ts'

export interface PeerGuard {
  allowsMessage(from: NodeId): boolean
  allowsRequest(from: NodeId): boolean
  /** `from` relayed something that did not hold. An honest node relays only what it checked itself. */
  strike(from: NodeId): void
}

export function createPeerGuard(clock: Clock): PeerGuard {
  const messages = createRateLimit(guardRules.messages, clock)
  const requests = createRateLimit(guardRules.requests, clock)
  const strikes = new Map<NodeId, { count: number; until: number }>()

  const muted = (from: NodeId) => {
    const held = strikes.get(from)
    return held !== undefined && held.count >= guardRules.strikes && clock.monotonic() < held.until
  }

  return {
    allowsMessage: (from) => !muted(from) && messages.take(from),
    allowsRequest: (from) => !muted(from) && requests.take(from),
    strike(from) {
      const held = strikes.get(from)
      const fresh = held !== undefined && clock.monotonic() < held.until
      strikes.delete(from)
      strikes.set(from, { count: fresh ? held.count + 1 : 1, until: clock.monotonic() + guardRules.mutedFor })
      if (strikes.size > guardRules.messages.maxKeys) strikes.delete(strikes.keys().next().value as NodeId)
    },
  }
}
