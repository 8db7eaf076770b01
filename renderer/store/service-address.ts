import type { PeerView, Snapshot } from '../../electron/contract/snapshot.ts'

/**
 * Where a program on this computer reaches a service of the mesh: always on loopback, whoever shares it.
 * `mesh` and `peer` are names or ids, or "any".
 */
export const serviceAddress = (port: number, mesh: string, peer: string, service: string): string =>
  `http://127.0.0.1:${port}/services/${encodeURIComponent(mesh)}/${encodeURIComponent(peer)}/${encodeURIComponent(service)}/`

/** The same for a service of a peer: by names, which are easier to read; where two peers share one, only the id says which is meant. */
export function addressOfPeerService(
  { node, meshes, peers }: Pick<Snapshot, 'node' | 'meshes' | 'peers'>,
  peer: PeerView,
  service: string,
) {
  const mesh = peer.meshes[0]
  const isNamedAlone = Object.values(peers).every(({ id, name }) => id === peer.id || name !== peer.name)
  return serviceAddress(node.port, mesh === undefined ? 'any' : (meshes[mesh]?.name ?? mesh), isNamedAlone ? peer.name : peer.id, service)
}
