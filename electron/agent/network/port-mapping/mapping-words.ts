/** Why the router does not let the internet reach this node, in words for a person. Pure. */
import type { PortMappingView } from '../../../contract/port-mapping.ts'

interface Words {
  title: string
  text: string
  action: string | null
}

type Failed = Extract<PortMappingView, { state: 'failed' }>

export function mappingWords({ why, detail }: Pick<Failed, 'why' | 'detail'>): Words {
  switch (why) {
    case 'no_router':
      return {
        title: 'No router was found',
        text: 'This computer knows no way out of its network, so there is nobody to ask for a port.',
        action: 'Is there a network? It is tried again by itself.',
      }
    case 'no_answer':
      return {
        title: 'The router does not answer',
        text: `${detail ?? 'It'} was asked by NAT-PMP and by UPnP for a port, and says nothing that makes sense.`,
        action: 'Switch on UPnP or NAT-PMP in the router, or forward the port there by hand, and switch this off here.',
      }
    case 'refused':
      return {
        title: 'The router refuses to map the port',
        text: detail ?? 'It says no.',
        action: 'Allow this computer to map ports in the router, or forward the port there by hand, and switch this off here.',
      }
    case 'no_address':
      return {
        title: 'The router has no address on the internet',
        text: 'It is not connected, or your provider shares one address among customers (CGNAT): then mapping cannot help.',
        action: 'Is the internet connection up? Otherwise ask the provider for an address of your own, and switch this off here meanwhile.',
      }
    case 'shared_address':
      return {
        title: 'Your provider shares one address among customers (CGNAT)',
        text: `The router’s own address, ${detail ?? 'unknown'}, is one inside the provider’s network: mapping cannot help.`,
        action: 'Ask the provider for an address of your own, or let a peer with one be the hub. Switch this off here.',
      }
    case 'second_router':
      return {
        title: 'The router stands behind another router',
        text: `Its own address, ${detail ?? 'unknown'}, is one of a private network: a port mapped there leads nowhere.`,
        action: 'Forward the port in the outer router, or make the inner one a bridge.',
      }
    case 'own_public':
      return {
        title: 'This computer has a public address itself',
        text: `No router stands between ${detail ?? 'it'} and the internet, so there is nothing to map.`,
        action: 'Switch it off in Settings, Network. If nobody gets in, look at the firewall.',
      }
    case 'listens_elsewhere':
      return {
        title: 'The router cannot reach this node',
        text: `It knows this computer as ${detail ?? 'another address'}, where the node does not listen.`,
        action: 'Clear the address in Settings, Network, and start the node again.',
      }
  }
}
