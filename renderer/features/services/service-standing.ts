/** Whether a peer's service can be used now, and which services fit what is searched for. Pure. */
import type { OfferedService, PeerView, ServiceView } from '../../../electron/contract/snapshot.ts'

/**
 * `usable` · `checking`: its peer missed an answer · `away`: its peer is not reached · `stopped`: the program behind it does not
 * answer there · `paused`: its peer has paused sharing · `refused`: the peer does not let this node use it
 */
export type ServiceStanding = 'usable' | 'checking' | 'away' | 'stopped' | 'paused' | 'refused'

export function serviceStanding(peer: PeerView, { id, status }: OfferedService): ServiceStanding {
  if (peer.refused.includes(`service:${id}`)) return 'refused'
  if (peer.removed !== null || peer.state === 'offline' || peer.state === 'left' || peer.state === 'removed') return 'away'
  if (status === 'inactive') return 'stopped'
  if (status === 'paused') return 'paused'
  return peer.state === 'suspect' ? 'checking' : 'usable'
}

/** A service of a peer. */
export interface PeerService {
  peer: PeerView
  service: OfferedService
}

/** Services of all peers, by the peers' names, then by their own. */
export const servicesOfPeers = (peers: readonly PeerView[]): PeerService[] =>
  peers
    .flatMap((peer) => peer.services.map((service) => ({ peer, service })))
    .toSorted(
      (a, b) =>
        a.peer.name.localeCompare(b.peer.name) || a.peer.id.localeCompare(b.peer.id) || a.service.name.localeCompare(b.service.name),
    )

const has = (text: string, wanted: string) => text.toLowerCase().includes(wanted.trim().toLowerCase())

export const fitsPeerService = ({ peer, service }: PeerService, wanted: string): boolean =>
  [peer.name, service.name, service.id].some((text) => has(text, wanted))

export const fitsOwnService = ({ id, name, url }: ServiceView, wanted: string): boolean => [id, name, url].some((text) => has(text, wanted))
