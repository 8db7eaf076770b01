import { type CapabilityName, capabilityNames } from '../../electron/contract/capability.ts'
import type { PeerView, Snapshot } from '../../electron/contract/snapshot.ts'

/** Who offers a capability: this node or a peer, and what it says of it. */
export interface Offer {
  name: CapabilityName
  /** Nodes that offer it and answer now, this one included. */
  nodes: number
  /** What they say it is, e.g. "4 models"; each once. */
  details: string[]
}

/** What is offered by `peers` and this node, all five capabilities in their order. */
export function offeredBy(peers: readonly PeerView[], own: Snapshot['capabilities']): Offer[] {
  return capabilityNames.map((name) => {
    const mine = own[name]?.state === 'ready' ? [own[name].detail] : []
    const theirs = peers
      .filter(({ state }) => state === 'online')
      .flatMap(({ capabilities }) => capabilities.filter((offer) => offer.name === name && offer.state === 'ready'))
      .map(({ detail }) => detail ?? null)
    const all = [...mine, ...theirs]
    return { name, nodes: all.length, details: [...new Set(all.filter((detail) => detail !== null))] }
  })
}
