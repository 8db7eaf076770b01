/** What a network interface is, by its name and addresses: systems tell no more without asking for it. Pure. */
import { inSubnet } from './subnet.ts'

export type InterfaceKind = 'wired' | 'wireless' | 'vpn' | 'other'

export interface InterfaceNature {
  kind: InterfaceKind
  /** For people: "Ethernet", "Wi-Fi", "Tailscale". */
  label: string
  /** Whether packets to a multicast address come out at the other end. */
  multicast: boolean
}

/** First fit counts. `multicast` is left out where it works. */
const natures: { name: RegExp; kind: InterfaceKind; label: string; multicast?: false }[] = [
  { name: /^(?:tailscale|ts\d)/iu, kind: 'vpn', label: 'Tailscale', multicast: false },
  { name: /^(?:zt|zerotier|feth\d)/iu, kind: 'vpn', label: 'ZeroTier' }, // an Ethernet of its own: carries multicast
  { name: /^(?:wg|wireguard|nordlynx|wt\d)/iu, kind: 'vpn', label: 'WireGuard', multicast: false },
  { name: /^(?:tun|tap|utun|ppp|ipsec|gpd|proton|mullvad|openvpn|cscotun)/iu, kind: 'vpn', label: 'VPN', multicast: false },
  { name: /^(?:awdl|llw|p2p)/iu, kind: 'other', label: 'Direct wireless link', multicast: false },
  { name: /^(?:wl|wlan|ath|ra\d|wi-?fi|wireless)/iu, kind: 'wireless', label: 'Wi-Fi' },
  { name: /^(?:eth|en[opsxu]|em\d|ethernet|lan)/iu, kind: 'wired', label: 'Ethernet' },
  { name: /^(?:wwan|rmnet|usb)/iu, kind: 'other', label: 'Mobile network' },
  // en0, en1 … of a Mac are its cards, wired or not
  { name: /^en\d/iu, kind: 'wired', label: 'Network' },
]

/** Tailscale gives every node an address of this network, whatever the interface is called (macOS: utun4). */
const tailscaleNetwork = { network: 'fd7a:115c:a1e0::', prefix: 48 }

export function natureOf(name: string, addresses: readonly string[]): InterfaceNature {
  if (addresses.some((address) => inSubnet(address, tailscaleNetwork.network, tailscaleNetwork.prefix)))
    return { kind: 'vpn', label: 'Tailscale', multicast: false }
  const known = natures.find((nature) => nature.name.test(name))
  return known
    ? { kind: known.kind, label: known.label, multicast: known.multicast ?? true }
    : { kind: 'other', label: name, multicast: true }
}
