import type { Membership, Startable } from './components.ts'
import type { NetworkWatch } from './network/network-watch.ts'

interface NetworkLifeComponents {
  network: Pick<NetworkWatch, 'changed' | 'woke'>
  membership: Pick<Membership, 'setNetwork' | 'networkChanged'>
  /** Addresses under which other machines could reach this one now. */
  addresses: () => readonly string[]
}

/**
 * Tells membership when the network comes, goes or is another, and when the machine woke up. A node that never had an
 * address beyond loopback has its mesh on this machine: it is not without a network.
 */
export function createNetworkLife({ network, membership, addresses }: NetworkLifeComponents): Startable {
  let ends: (() => void)[] = []
  let known = ''
  let everHad = false

  function look({ woke }: { woke: boolean }): void {
    const before = known
    known = addresses().join()
    everHad ||= known !== ''
    if (known === before && !woke) return // a bridge of containers, say
    const up = known !== '' || !everHad
    membership.setNetwork(up)
    if (up && (before !== '' || woke)) membership.networkChanged()
  }

  return {
    async start() {
      if (ends.length > 0) return
      known = addresses().join()
      everHad = known !== ''
      ends = [network.changed.subscribe(() => look({ woke: false })), network.woke.subscribe(() => look({ woke: true }))]
    },
    async stop() {
      for (const end of ends) end()
      ends = []
    },
  }
}
