/**
 * Whether a member can be reached, as a pure state machine over contacts and misses. One missed answer makes it
 * suspect; `offlineAfter` without contact, or a connection refused twice, makes it offline. A goodbye does so at once.
 */
import { backOff } from '../support/back-off.ts'
import type { Random } from '../support/random.ts'

/** Pause between probes of an online member, ms. Raising it saves traffic and delays the first suspicion by as much. */
export const probeInterval = 1_000
/** Longest wait for the answer of an online or suspect member, ms. */
const probeLimit = { online: 1_000, suspect: 800 }
const leastProbeLimit = 200
/** Longest wait for an offline member, ms: enough to try several of its addresses. */
const offlineProbeLimit = 6_000
/** Without contact for this long a member is offline, ms: at least three missed answers in a row. */
export const offlineAfter = 4_000
/** Pause before a suspect member is asked again, ms. */
const suspectPause = 250
/** A member that calls us but cannot be called is online while its calls are no further apart, ms. */
const callsApart = 2.5 * probeInterval
/** Pauses between probes of an offline member, ms; its own contact wakes us sooner. */
const offlineBackOff = { base: 1_000, cap: 15_000 }

export interface Presence {
  readonly state: 'online' | 'suspect' | 'offline'
  /** Monotonic time of the last contact, or of the begin of watching while there was none. */
  readonly contactAt: number
  /** Wall-clock time of the last authenticated contact, null when there never was one. */
  readonly lastSeen: number | null
  /** Probes missed since one was answered. */
  readonly misses: number
  /** Refused connections in a row. */
  readonly refusals: number
  /** It calls us, but did not answer our last probe. */
  readonly oneWay: boolean
}

export type PresenceEvent =
  | { kind: 'probe answered' }
  /** A request of it reached us. */
  | { kind: 'called' }
  /** Some other request of ours was answered by it: keeps it online, but only a probe or a call brings it back. */
  | { kind: 'contact' }
  | { kind: 'probe missed'; refused: boolean }
  | { kind: 'goodbye' }

/** Where watching starts: not trusted to be there until verified. */
export function firstPresence(monotonic: number, lastSeen: number | null): Presence {
  return { state: 'suspect', contactAt: monotonic, lastSeen, misses: 0, refusals: 0, oneWay: false }
}

export function nextPresence(presence: Presence, event: PresenceEvent, at: { monotonic: number; wall: number }): Presence {
  const reached = { state: 'online', contactAt: at.monotonic, lastSeen: at.wall, refusals: 0 } as const
  switch (event.kind) {
    case 'probe answered':
      return { ...reached, misses: 0, oneWay: false }
    case 'called':
      return { ...reached, misses: presence.misses, oneWay: presence.oneWay || presence.misses > 0 }
    case 'contact':
      return presence.state === 'online' ? { ...presence, ...reached } : presence
    case 'goodbye':
      return { ...presence, state: 'offline', misses: 0, refusals: 0 }
    case 'probe missed':
      return missed(presence, event.refused, at.monotonic - presence.contactAt)
  }
}

function missed(presence: Presence, refused: boolean, silence: number): Presence {
  const misses = presence.misses + 1
  if (presence.oneWay && silence < callsApart) return { ...presence, misses }
  const refusals = refused ? presence.refusals + 1 : 0
  const offline = presence.state === 'offline' || refusals >= 2 || silence >= offlineAfter
  return { ...presence, misses, refusals, state: offline ? 'offline' : 'suspect' }
}

/** How long to pause before the next probe, and how long to wait for its answer, ms; `silence` is the time since the last contact. */
export function nextProbe({ state, misses }: Presence, silence: number, random: Random): { pause: number; limit: number } {
  switch (state) {
    case 'online':
      return { pause: probeInterval, limit: probeLimit.online }
    case 'suspect':
      // the last probe before `offlineAfter` is cut short, so that the verdict is not late
      return { pause: suspectPause, limit: Math.min(probeLimit.suspect, Math.max(leastProbeLimit, offlineAfter - silence)) }
    case 'offline':
      return { pause: backOff(Math.max(0, misses - 2), offlineBackOff, random), limit: offlineProbeLimit }
  }
}
