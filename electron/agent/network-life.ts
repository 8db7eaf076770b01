import type { Membership, Startable, Transport } from './components.ts'
import type { Relay } from './relay/relay.ts'
import type { NetworkWatch } from './network/network-watch.ts'
import type { PortalWatch } from './network/portal-watch.ts'

interface NetworkLifeComponents {
  network: Pick<NetworkWatch, 'changed' | 'woke'>
  membership: Pick<Membership, 'setNetwork' | 'networkChanged'>
  transport: Pick<Transport, 'networkChanged'>
  relay: Pick<Relay, 'networkChanged'>
  portal: Pick<PortalWatch, 'changed' | 'current'>
  /** Addresses under which other machines could reach this one now. */
  addresses: () => readonly string[]
}

/**
 * Tells membership when the network comes, goes or is another, when it lets through what it held back until one had
 * signed in, and when the machine woke up. A node that never had an
 * address beyond loopback has its mesh on this machine: it is not without a network.
 */
export function createNetworkLife({ network, membership, transport, relay, portal, addresses }: NetworkLifeComponents): Startable {
  let ends: (() => void)[] = []
  let known = ''
  let everHad = false
  let wasBehind = false

  function isAnother(): void {
    for (const part of [membership, transport, relay]) part.networkChanged()
  }

  function look({ woke }: { woke: boolean }): void {
    const before = known
    known = addresses().join()
    everHad ||= known !== ''
    if (known === before && !woke) return // a bridge of containers, say
    const up = known !== '' || !everHad
    membership.setNetwork(up)
    if (up && (before !== '' || woke)) isAnother()
  }

  function lookAtPortal(): void {
    const isBehind = portal.current() !== null
    if (wasBehind && !isBehind && known !== '') isAnother()
    wasBehind = isBehind
  }

  return {
    async start() {
      if (ends.length > 0) return
      known = addresses().join()
      everHad = known !== ''
      wasBehind = portal.current() !== null
      ends = [
        network.changed.subscribe(() => look({ woke: false })),
        network.woke.subscribe(() => look({ woke: true })),
        portal.changed.subscribe(lookAtPortal),
      ]
    },
    async stop() {
      for (const end of ends) end()
      ends = []
    },
  }
}
