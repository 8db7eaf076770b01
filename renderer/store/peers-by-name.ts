import type { PeerView, Snapshot } from '../../electron/contract/snapshot.ts'

const names = new Intl.Collator()

/**
 * Gives the peers of a mesh, and legacy peers, by name. To sort hundreds by the rules of a language takes longer than to draw
 * them, and names rarely change: the last order holds until somebody comes, goes or is renamed.
 */
export function createPeersByName(): (peers: Snapshot['peers'], meshId: string) => PeerView[] {
  let last: PeerView[] = []
  return (peers, meshId) => {
    const around = Object.values(peers).filter(({ kind, meshes }) => kind === 'legacy' || meshes.includes(meshId))
    const now = new Map(around.map((peer) => [peer.id, peer]))
    const isOrdered = last.length === around.length && last.every(({ id, name }) => now.get(id)?.name === name)
    last = isOrdered
      ? last.map(({ id }) => now.get(id) as PeerView)
      : around.toSorted((a, b) => names.compare(a.name, b.name) || (a.id < b.id ? -1 : 1))
    return last
  }
}
