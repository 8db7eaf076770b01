import type { OfferedService } from '../../contract/snapshot.ts'
import type { Failure } from '../../contract/failure.ts'
import { type FcnError, toFcnError } from '../errors.ts'
import type { LegacyInfo } from './legacy-answers.ts'
import type { LegacyClient } from './legacy-client.ts'
import { type LegacyPeer, wellKnownKey } from './legacy-peer.ts'

const wellKnownKeyEvery = 24 * 60 * 60_000

/** What one poll of an old node brought. */
export type PollResult =
  { ok: true; latencyMs: number; details: PollDetails | null; pause: FcnError | null } | { ok: false; error: FcnError }

export interface PollDetails {
  info: LegacyInfo | null
  services: OfferedService[] | null
  /** Why info or services could not be had, when a key is known that should have opened them. */
  problem: Failure | null
  /** Whether the well-known key was tried, and what came of it. */
  wellKnownKey: 'not tried' | 'accepted' | 'refused'
}

/**
 * Asks for health and, when it is time and there is a key, for info and services. Without a key of its own it is tried
 * once a day whether the well-known key opens the peer, so that its owner can be warned. Never throws.
 */
export async function pollLegacyPeer(peer: LegacyPeer, client: LegacyClient, now: number, signal: AbortSignal): Promise<PollResult> {
  const { url } = peer.record
  let latencyMs: number
  try {
    ;({ latencyMs } = await client.health({ url, signal }))
  } catch (error) {
    return { ok: false, error: toFcnError(error) }
  }
  if (now < peer.polling.detailsAt) return { ok: true, latencyMs, details: null, pause: null }
  const details = await askDetails(peer, client, now, signal)
  return 'pause' in details ? { ok: true, latencyMs, details: null, pause: details.pause } : { ok: true, latencyMs, details, pause: null }
}

async function askDetails(
  peer: LegacyPeer,
  client: LegacyClient,
  now: number,
  signal: AbortSignal,
): Promise<PollDetails | { pause: FcnError }> {
  const { url, apiKey, openToAnyone } = peer.record
  const lastTry = peer.wellKnownKeyTriedAt
  const worthTrying = openToAnyone || lastTry === null || now - lastTry >= wellKnownKeyEvery
  const key = apiKey ?? (worthTrying ? wellKnownKey : null)
  if (key === null) return { info: null, services: null, problem: null, wellKnownKey: 'not tried' }
  const outcome = (accepted: boolean) => (key === wellKnownKey ? (accepted ? 'accepted' : 'refused') : 'not tried')
  try {
    const info = await client.info({ url, key, signal })
    const services = await client.services({ url, key, signal })
    return { info, services, problem: null, wellKnownKey: outcome(true) }
  } catch (thrown) {
    const error = toFcnError(thrown)
    if (error.code === 'too_many') return { pause: error }
    const refused = error.code === 'unauthorized'
    return {
      info: null,
      services: null,
      problem: apiKey === null ? null : error.toFailure(),
      wellKnownKey: refused ? outcome(false) : 'not tried',
    }
  }
}
