/** What the interfaces of this machine say about being found. Pure. */
import type { Finding, InterfaceView, NetworkView } from '../../contract/discovery.ts'
import type { Portal } from '../network/portal.ts'

interface Switches {
  beSeen: boolean
  lookAround: boolean
  platform: NodeJS.Platform
}

const nothingToDo = { action: null, command: null }

export function networkFindings({ interfaces }: Pick<NetworkView, 'interfaces'>, switches: Switches): Finding[] {
  const used = interfaces.filter(({ ignored }) => !ignored)
  const noNetwork: Finding = {
    id: 'network',
    state: 'problem',
    title: 'No network',
    text: 'No network interface of this computer has an address, so nobody can be reached.',
    action: 'Plug in the cable or join a Wi-Fi network. The node comes back by itself.',
    command: null,
  }
  return [
    ...(used.length === 0 ? [noNetwork] : []),
    ...used.map((each) => mdnsFinding(each, switches)),
    ...vpnFindings(used),
    ...localNetworkFinding(used, switches),
  ]
}

/** A network that answers in place of others; nothing where there is none. */
export function portalFindings(portal: Portal | null): Finding[] {
  if (portal === null) return []
  const leads = portal.page === null ? '' : ` What asks for a page is led to ${portal.page}.`
  return [
    {
      ...{ id: 'portal', state: 'problem', title: 'This network wants you to sign in' },
      text: `It answers in place of your peers, so nobody outside of it is reached.${leads}`,
      action: 'Open any web page in a browser and sign in there. The node goes on by itself.',
      command: null,
    },
  ]
}

function mdnsFinding({ name, label, discovery, problem, heard }: InterfaceView, { beSeen, lookAround }: Switches): Finding {
  const id = `mdns-${name}`
  const place = label === name ? name : `${label} (${name})`
  switch (discovery) {
    case 'none':
      return {
        ...{ id, state: 'info', title: `Nobody is found by itself on ${place}` },
        text: 'This kind of network carries no announcements. Nodes there are reached by URL, invite and the addresses members tell.',
        ...nothingToDo,
      }
    case 'off':
      return {
        ...{ id, state: 'info', title: `Discovery is off on ${place}` },
        text: beSeen || lookAround ? 'This node does not listen there.' : 'It is switched off in the settings.',
        action: 'Switch it on in Settings, Network, to be seen and to see others.',
        command: null,
      }
    case 'failed':
      return {
        ...{ id, state: 'problem', title: `Discovery does not work on ${place}` },
        text: `The system says: ${problem ?? 'no reason'}. Others do not see this node there. It is tried again by itself.`,
        action: 'Does another program hold port 5353 for itself, or does a VPN stop it? Use the URL or an invite meanwhile.',
        command: null,
      }
    case 'on':
      return heardFinding(id, place, heard, beSeen)
  }
}

function heardFinding(id: string, place: string, heard: InterfaceView['heard'], beSeen: boolean): Finding {
  if (heard === 'others') {
    const text = 'Announcements of other nodes arrive here.'
    return { id, state: 'ok', title: `Discovery works on ${place}`, text, ...nothingToDo }
  }
  if (heard === 'self' || !beSeen) {
    const text = 'This computer sends and listens, but no other node was heard yet. Guest networks and some routers keep devices apart.'
    return {
      id,
      state: 'info',
      title: `Nobody else was heard on ${place}`,
      text,
      action: 'Is another node on, in the same network?',
      command: null,
    }
  }
  return {
    ...{ id, state: 'warning', title: `Announcements do not leave on ${place}` },
    text: 'Not even this node’s own announcement came back, so something on this computer keeps it.',
    action: 'Allow UDP port 5353 in the firewall, in both directions.',
    command: null,
  }
}

function vpnFindings(used: readonly InterfaceView[]): Finding[] {
  return used
    .filter(({ kind }) => kind === 'vpn')
    .map(({ name, label, addresses }) => ({
      ...{ id: `vpn-${name}`, state: 'info', title: `${label} is on` },
      text: `Members also reach this node at ${addresses.join(', ')}. A VPN that takes all traffic hides the local network from this node.`,
      action: 'If nodes next to you are not found, allow local network access in the VPN.',
      command: null,
    }))
}

/** macOS 15 and later refuse local traffic without a word until the user has agreed. */
function localNetworkFinding(used: readonly InterfaceView[], { platform }: Switches): Finding[] {
  if (platform !== 'darwin') return []
  const denied = used.some(({ discovery, problem }) => discovery === 'failed' && (problem ?? '').includes('EHOSTUNREACH'))
  return [
    {
      id: 'local-network',
      state: denied ? 'problem' : 'ok',
      title: denied ? 'macOS does not let this program into the local network' : 'macOS lets this program into the local network',
      text: 'Without the permission “Local Network” neither other nodes nor their addresses can be reached here.',
      action: denied ? 'Allow it in System Settings, Privacy & Security, Local Network.' : null,
      command: denied ? 'open "x-apple.systempreferences:com.apple.preference.security?Privacy_LocalNetwork"' : null,
    },
  ]
}
