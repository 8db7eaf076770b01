import type { Discovery, Health, Startable } from './components.ts'

/** Shorter than this (ms) nobody needs to know: a cable that is plugged over, a Wi-Fi that roams. */
const networkDelay = 5_000
const discoveryDelay = 60_000

interface NetworkWarningsComponents {
  discovery: Pick<Discovery, 'network' | 'changed'>
  health: Pick<Health, 'raise' | 'clear'>
}

/** Tells when there is no network, and when discovery does not work on one that there is. */
export function createNetworkWarnings({ discovery, health }: NetworkWarningsComponents): Startable {
  let unsubscribe: (() => void) | null = null

  const look = () => {
    const used = discovery.network().interfaces.filter(({ ignored }) => !ignored)
    if (used.length === 0) health.raise(noNetwork)
    else health.clear(noNetwork.code)
    const broken = used.filter((each) => each.discovery === 'failed').map(({ label }) => label)
    if (broken.length > 0) health.raise(discoveryFails(broken))
    else health.clear('discovery_fails')
  }

  return {
    async start() {
      unsubscribe ??= discovery.changed.subscribe(look)
      look()
    },
    async stop() {
      unsubscribe?.()
      unsubscribe = null
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

const discoveryFails = (labels: readonly string[]) => ({
  code: 'discovery_fails',
  severity: 'info' as const,
  title: `Nodes are not found by themselves on ${labels.join(', ')}`,
  text: 'Members that are known are still reached. It is tried again by itself.',
  action: 'See what the doctor finds, or join by URL.',
  dependsOn: ['no_network'],
  delay: discoveryDelay,
})
