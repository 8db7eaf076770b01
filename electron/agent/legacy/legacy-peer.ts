import type { Failure } from '../../contract/failure.ts'
import type { OfferedService, PeerState, PeerView } from '../../contract/snapshot.ts'
import { capabilityNamesOf } from '../support/capability-names.ts'
import type { LegacyRecord } from './legacy-store.ts'
import { isOffline, type Polling } from './poll-schedule.ts'

/** The key that old nodes come with. Never ours; whoever still has it is open to anyone. */
export const wellKnownKey = 'change_this_key'

/** An old node as it is known now: what is kept of it, and what the last polls brought. */
export interface LegacyPeer {
  record: LegacyRecord
  polling: Polling
  /** Whether a poll of this run has succeeded. */
  answered: boolean
  latencyMs: number | null
  lastOk: number | null
  lastError: (Failure & { at: number }) | null
  /** It answers, but not all that was asked (a wrong key). */
  problem: Failure | null
  version: string | null
  services: OfferedService[]
  /** When the well-known key was tried last, on the monotonic clock. */
  wellKnownKeyTriedAt: number | null
}

export function newPeer(record: LegacyRecord, polling: Polling): LegacyPeer {
  return {
    record,
    polling,
    answered: false,
    latencyMs: null,
    lastOk: null,
    lastError: null,
    problem: null,
    version: null,
    services: [],
    wellKnownKeyTriedAt: null,
  }
}

function stateOf({ polling, answered }: LegacyPeer): PeerState {
  if (isOffline(polling)) return 'offline'
  return answered && polling.failures === 0 ? 'online' : 'suspect'
}

export function legacyPeerView(peer: LegacyPeer): PeerView {
  const { record, lastOk, lastError } = peer
  const state = stateOf(peer)
  return {
    id: record.url,
    kind: 'legacy',
    name: record.name,
    meshes: [],
    role: null,
    roles: {},
    admittedBy: {},
    introducedBy: {},
    hubOf: [],
    via: [],
    removed: null,
    state,
    path: state === 'online' ? { kind: 'direct', url: record.url, latencyMs: peer.latencyMs } : null,
    addresses: [{ url: record.url, foundVia: record.foundVia, lastOk, lastError }],
    capabilities: capabilityNamesOf(record.capabilities).map((name) => ({ name, state: 'ready' })),
    services: peer.services,
    resources: null, // old nodes tell percentages only
    lastSeen: record.lastSeen,
    version: peer.version,
    os: null,
    problem: state === 'online' ? peer.problem : withoutTime(lastError),
    metered: false,
    refused: [],
    openToAnyone: record.openToAnyone,
  }
}

function withoutTime(error: LegacyPeer['lastError']): Failure | null {
  if (error === null) return null
  const { at: _at, ...failure } = error
  return failure
}
