import type { PeerView } from '../../contract/snapshot.ts'
import type { AliasOf } from './aliases.ts'
import { maskUrl } from './mask-address.ts'
import { capabilityNamesIn, isoTime, versionOf } from './plain-words.ts'
import type { Report } from './report.ts'

type PeerReport = Report['peers'][number]

/** Peers by alias: how they are reached, and why not. What they call themselves and their machines stays out. */
export const buildPeers = (peers: readonly PeerView[], aliasOf: AliasOf): PeerReport[] =>
  peers.map((peer) => ({
    peer: aliasOf('node', peer.id),
    kind: peer.kind,
    meshes: peer.meshes.map((mesh) => aliasOf('mesh', mesh)),
    state: peer.state,
    removed: peer.removed?.how ?? null,
    path: peer.path?.kind ?? null,
    hub: peer.path?.kind === 'relayed' ? aliasOf('node', peer.path.hub.id) : null,
    latencyMs: peer.path?.latencyMs ?? null,
    version: peer.version === null ? null : versionOf(peer.version),
    system: peer.os === null ? null : familyOf(peer.os),
    lastSeen: timeOrNull(peer.lastSeen),
    capabilities: capabilityNamesIn(peer.capabilities.map(({ name }) => name)),
    services: peer.services.length,
    problem: peer.problem?.code ?? null,
    addresses: peer.addresses.map(({ url, foundVia, lastOk, lastError }) => ({
      ...{ url: maskUrl(url, aliasOf), foundVia, lastOk: timeOrNull(lastOk), lastError: lastError?.code ?? null },
    })),
  }))

const timeOrNull = (at: number | null) => (at === null ? null : isoTime(at))

/** A peer says what it likes here: only the kind of system is taken from it. */
function familyOf(os: string): NonNullable<PeerReport['system']> {
  if (/windows/iu.test(os)) return 'Windows'
  if (/mac ?os|darwin/iu.test(os)) return 'macOS'
  return /linux|ubuntu|debian|fedora|arch|alpine|raspbian|suse|nixos/iu.test(os) ? 'Linux' : 'other'
}
