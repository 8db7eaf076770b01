/**
 * Whether a member can be reached, as a pure state machine over contacts and misses. One missed answer makes it
 * suspect; `offlineAfter` without contact, or a connection refused twice, makes it offline. A goodbye does so at once.
 */
import { backOff } from '../support/back-off.ts'
import type { Random } from '../support/random.ts'

/** Pause between probes of an online member, ms. Raising it saves traffic and delays the first suspicion by as much. */
export const probeInterval = 1_000
/** Longest wait for the answer of an online or suspect member, ms. */
const probeLimit = 1_000
/** Longest wait for an offline member, ms: enough to try several of its addresses. */
const offlineProbeLimit = 6_000
/** Without contact for this long a member is offline, ms: three missed answers in a row. */
export const offlineAfter = 4_000
/** Pause after a refused connection before the second try, ms. */
const refusedPause = 250
/** Pauses between probes of an offline member, ms; its own contact wakes us sooner. */
const offlineBackOff = { base: 1_000, cap: 15_000 }

export interface Presence {
  readonly state: 'online' | 'suspect' | 'offline'
  /** Monotonic time of the last contact, or of the begin of watching while there was none. */
  readonly contactAt: number
  /** Wall-clock time of the last authenticated contact, null when there never was one. */
  readonly lastSeen: number | null
  readonly misses: number
  readonly refusals: number
  /** It said that it stops; answers still under way do not bring it back. */
  readonly saidGoodbye: boolean
}

export type PresenceEvent =
  /** The member answered a probe, or called us. */
  | { kind: 'heard' }
  /** Some other request was answered by it. */
  | { kind: 'answered' }
  | { kind: 'missed'; refused: boolean }
  | { kind: 'goodbye' }

/** Where watching starts: not trusted to be there until verified. */
export function firstPresence(monotonic: number, lastSeen: number | null): Presence {
  return { state: 'suspect', contactAt: monotonic, lastSeen, misses: 0, refusals: 0, saidGoodbye: false }
}

export function nextPresence(presence: Presence, event: PresenceEvent, at: { monotonic: number; wall: number }): Presence {
  switch (event.kind) {
    case 'answered':
      if (presence.saidGoodbye) return presence
      return inContact(at)
    case 'heard':
      return inContact(at)
    case 'goodbye':
      return { ...presence, state: 'offline', saidGoodbye: true, misses: 0 }
    case 'missed': {
      const silence = at.monotonic - presence.contactAt
      const misses = presence.misses + 1
      const refusals = event.refused ? presence.refusals + 1 : 0
      // it has called us since the probe began: the way back may be broken, but it is there
      if (presence.state === 'online' && silence < probeInterval) return { ...presence, refusals: 0 }
      const offline = presence.state === 'offline' || refusals >= 2 || silence >= offlineAfter
      const attempts = presence.state === 'offline' || !offline ? misses : 0
      return { ...presence, state: offline ? 'offline' : 'suspect', misses: attempts, refusals }
    }
  }
}

/** When to probe next and how long to wait for the answer, ms. */
export function nextProbe(presence: Presence, random: Random): { pause: number; limit: number } {
  switch (presence.state) {
    case 'online':
      return { pause: probeInterval, limit: probeLimit }
    case 'suspect':
      return { pause: presence.refusals > 0 ? refusedPause : 0, limit: probeLimit }
    case 'offline':
      return { pause: backOff(presence.misses, offlineBackOff, random), limit: offlineProbeLimit }
  }
}

function inContact({ monotonic, wall }: { monotonic: number; wall: number }): Presence {
  return { state: 'online', contactAt: monotonic, lastSeen: wall, misses: 0, refusals: 0, saidGoodbye: false }
}
