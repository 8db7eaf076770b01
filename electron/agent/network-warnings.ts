import type { Discovery, Health, Member, Membership, Startable } from './components.ts'
import { mappingWords } from './network/port-mapping/mapping-words.ts'
import type { PortMapping } from './network/port-mapping/port-mapping.ts'
import type { PortalWatch } from './network/portal-watch.ts'
import type { Portal } from './network/portal.ts'

/** Shorter than this (ms) nobody needs to know: a cable that is plugged over, a Wi-Fi that roams. */
const networkDelay = 5_000
const portalDelay = 1_000
const peersDelay = 60_000
const discoveryDelay = 60_000
/** A router that restarts, or a line that is down, comes back by itself. */
const mappingDelay = 10 * 60_000

interface NetworkWarningsComponents {
  discovery: Pick<Discovery, 'network' | 'changed'>
  portal: Pick<PortalWatch, 'current' | 'changed'>
  portMapping: Pick<PortMapping, 'view' | 'changed'>
  membership: { members(): Pick<Member, 'state'>[]; changed: Membership['changed'] }
  health: Pick<Health, 'raise' | 'clear'>
}

/**
 * Tells when there is no network, when it wants one to sign in, when no peer is reached, when the router does not map the
 * port although it should, and where discovery does not work.
 */
export function createNetworkWarnings({ discovery, portal, portMapping, membership, health }: NetworkWarningsComponents): Startable {
  let ends: (() => void)[] = []

  const look = () => {
    const used = discovery.network().interfaces.filter(({ ignored }) => !ignored)
    if (used.length === 0) health.raise(noNetwork)
    else health.clear(noNetwork.code)
    const broken = used.filter((each) => each.discovery === 'failed').map(({ label }) => label)
    if (broken.length > 0) health.raise(discoveryFails(broken))
    else health.clear('discovery_fails')
  }

  const lookAtPortal = () => {
    const found = portal.current()
    if (found) health.raise(captivePortal(found))
    else health.clear('captive_portal')
  }

  const lookAtMapping = () => {
    const view = portMapping.view()
    if (view.state === 'failed' && view.why !== 'own_public') health.raise({ ...mappingFails, ...mappingWords(view) })
    else health.clear(mappingFails.code)
  }

  const lookAtPeers = () => {
    const states = membership.members().map(({ state }) => state)
    const isAlone = states.includes('offline') && !states.includes('online') && !states.includes('suspect')
    if (isAlone) health.raise(peersUnreachable)
    else health.clear(peersUnreachable.code)
  }

  return {
    async start() {
      if (ends.length > 0) return
      ends = [
        discovery.changed.subscribe(look),
        portal.changed.subscribe(lookAtPortal),
        portMapping.changed.subscribe(lookAtMapping),
        membership.changed.subscribe(lookAtPeers),
      ]
      for (const each of [look, lookAtPortal, lookAtMapping, lookAtPeers]) each()
    },
    async stop() {
      for (const end of ends.splice(0)) end()
    },
  }
}

const noNetwork = {
  code: 'no_network',
  severity: 'info' as const, // a laptop on a train needs nobody's attention
  title: 'No network',
  text: 'Nothing is lost; sharing goes on when it is back.',
  action: 'Plug in the cable or join a Wi-Fi network.',
  delay: networkDelay,
}

const captivePortal = ({ page }: Portal) => ({
  code: 'captive_portal',
  severity: 'warning' as const,
  title: 'This network wants you to sign in',
  text: `It answers in place of your peers${page === null ? '' : `, with a page of ${page}`}, so none of them is reached.`,
  action: 'Open any web page in a browser and sign in there. The node goes on by itself.',
  dependsOn: ['no_network'],
  delay: portalDelay,
})

const peersUnreachable = {
  code: 'peers_unreachable',
  severity: 'info' as const, // at night the others may just be off
  title: 'No peer is reached',
  text: 'All are off, or something keeps them away. It is tried again by itself.',
  action: 'See what the doctor finds.',
  dependsOn: ['no_network', 'captive_portal'],
  delay: peersDelay,
}

const mappingFails = {
  code: 'port_mapping_fails',
  severity: 'info' as const, // the mesh at home goes on
  dependsOn: ['no_network', 'captive_portal'],
  delay: mappingDelay,
}

const discoveryFails = (labels: readonly string[]) => ({
  code: 'discovery_fails',
  severity: 'info' as const,
  title: `Nodes are not found by themselves on ${labels.join(', ')}`,
  text: 'Members that are known are still reached. It is tried again by itself.',
  action: 'See what the doctor finds, or join by URL.',
  dependsOn: ['no_network'],
  delay: discoveryDelay,
})
