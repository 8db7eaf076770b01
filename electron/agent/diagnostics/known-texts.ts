/** What the node knows that tells of people and machines, each with what is shown in its place. Pure. */
import type { Snapshot } from '../../contract/snapshot.ts'
import { hostOf } from '../support/authority.ts'
import type { AliasOf } from './aliases.ts'
import { maskHost } from './mask-address.ts'
import type { Known } from './redact-text.ts'

/** Of this computer, beside the snapshot. */
export interface OwnTexts {
  /** Keys and tokens in use. */
  secrets: readonly string[]
  hostName: string
  userName: string
  homeDir: string
}

export function knownTexts(snapshot: Snapshot, { secrets, hostName, userName, homeDir }: OwnTexts, aliasOf: AliasOf): Known[] {
  const { node, peers, meshes, services, requests, joins, invites, blocked, discovered, syncTokens, syncHubs, tunnels } = snapshot
  const nodes = [
    node,
    ...Object.values(peers).flatMap((peer) => [peer, ...peer.via, ...Object.values(peer.admittedBy), ...Object.values(peer.introducedBy)]),
    ...Object.values(requests).map((request) => request.node),
    ...Object.values(joins).flatMap(({ approver }) => approver ?? []),
    ...Object.values(invites).flatMap(({ usedBy }) => usedBy),
    ...Object.values(blocked),
    ...Object.values(discovered),
    ...Object.values(tunnels),
  ]
  const meshNames = [
    ...Object.values(meshes),
    ...Object.values(requests).map(({ mesh }) => mesh),
    ...Object.values(joins).flatMap(({ mesh }) => mesh ?? []),
    ...Object.values(invites).map(({ mesh }) => mesh),
    ...Object.values(discovered).flatMap((found) => found.meshes.map((name) => ({ id: name, name }))),
  ]
  const shared = [...Object.values(services), ...Object.values(peers).flatMap((peer) => peer.services)]
  const as = (shown: string, ...texts: string[]): Known[] => texts.map((text) => ({ text, shown }))
  const hosts = [hostName, ...urlsOf(snapshot).flatMap((url) => (URL.canParse(url) ? [hostOf(new URL(url))] : []))]
  return [
    ...as('[secret]', ...secrets),
    ...as('[path]', node.dataDir, homeDir),
    ...as('[user]', userName),
    ...nodes.flatMap(({ id, name }) => as(aliasOf('node', id), id, name)),
    ...meshNames.flatMap(({ id, name }) => as(aliasOf('mesh', id), id, name)),
    ...shared.flatMap(({ id, name }) => as(aliasOf('service', id), id, name)),
    ...Object.values(invites).flatMap(({ id, note }) => as('[invite]', id, note ?? '')),
    ...Object.values(syncTokens).flatMap(({ id, name }) => as('[token]', id, name)),
    ...Object.values(syncHubs).flatMap(({ id }) => as('[hub]', id)),
    ...hosts.filter((host) => host !== '').flatMap((host) => as(maskHost(host, aliasOf), host)),
  ]
}

const urlsOf = ({ node, peers, services, capabilities, syncHubs, discovered, joins }: Snapshot): string[] => [
  ...node.urls,
  ...Object.values(peers).flatMap(({ addresses }) => addresses.map(({ url }) => url)),
  ...Object.values(services).map(({ url }) => url),
  ...Object.values(capabilities).flatMap(({ backend }) => backend ?? []),
  ...Object.values(syncHubs).map(({ url }) => url),
  ...Object.values(discovered).flatMap(({ urls }) => urls),
  ...Object.values(joins).map(({ url }) => url),
]
