import type { MeteredWatch } from './network/metered-watch.ts'
import type { NetworkWatch } from './network/network-watch.ts'
import type { Relay } from './relay/relay.ts'
import type { PortMapping } from './network/port-mapping/port-mapping.ts'
import type {
  Capabilities,
  Grants,
  Health,
  Membership,
  ResourceMeter,
  OwnDescription,
  Services,
  SettingsStore,
  Startable,
} from './components.ts'

interface IntroductionComponents {
  membership: Pick<Membership, 'describe' | 'reportResources' | 'refusalsChanged'>
  capabilities: Pick<Capabilities, 'changed'>
  services: Pick<Services, 'changed'>
  grants: Pick<Grants, 'changed'>
  settings: Pick<SettingsStore, 'changed'>
  resources: Pick<ResourceMeter, 'changed' | 'current'>
  network: Pick<NetworkWatch, 'changed'>
  metered: Pick<MeteredWatch, 'changed'>
  relay: Pick<Relay, 'changed'>
  portMapping: Pick<PortMapping, 'changed'>
  health: Pick<Health, 'raise' | 'clear'>
  self: () => OwnDescription
  movedPort: () => { from: number; to: number } | null
}

/** Keeps what members know of this node true: tells membership whenever something it says of itself has changed. */
export function createIntroduction({
  membership,
  capabilities,
  services,
  grants,
  settings,
  resources,
  network,
  metered,
  relay,
  portMapping,
  health,
  self,
  movedPort,
}: IntroductionComponents): Startable {
  let subscriptions: (() => void)[] = []

  const describe = () => membership.describe(self())
  const report = () => {
    const measured = resources.current()
    if (measured) membership.reportResources(measured)
  }

  return {
    async start() {
      if (subscriptions.length > 0) return
      subscriptions = [
        capabilities.changed.subscribe(describe),
        services.changed.subscribe(describe),
        settings.changed.subscribe(describe),
        network.changed.subscribe(describe),
        metered.changed.subscribe(describe),
        relay.changed.subscribe(describe),
        portMapping.changed.subscribe(describe),
        resources.changed.subscribe(report),
        ...[grants, capabilities, services].map(({ changed }) => changed.subscribe(membership.refusalsChanged)),
      ]
      describe()
      report()
      const moved = movedPort()
      if (moved) health.raise(portMoved(moved))
      else health.clear('port_moved')
    },
    async stop() {
      for (const unsubscribe of subscriptions) unsubscribe()
      subscriptions = []
    },
  }
}

const portMoved = ({ from, to }: { from: number; to: number }) => ({
  code: 'port_moved',
  severity: 'info' as const,
  title: `Port ${from} is taken`,
  text: `Another program uses port ${from}, so this node listens on ${to}. Members find it by themselves.`,
  action: `People who join by URL need the new port. Choose one in the settings to keep it.`,
})
