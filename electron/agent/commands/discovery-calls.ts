import type { CallHandlers } from '../../contract/calls.ts'
import type { Discovery } from '../components.ts'

type DiscoveryCalls = Pick<CallHandlers, 'discovery.list' | 'discovery.look' | 'discovery.scan' | 'discovery.cancel'>

interface DiscoveryCallsComponents {
  discovery: Discovery
}

export function discoveryCalls({ discovery }: DiscoveryCallsComponents): DiscoveryCalls {
  return {
    'discovery.list': () => discovery.list(),
    'discovery.look': () => {
      discovery.look()
      return {}
    },
    'discovery.scan': () => discovery.scan(),
    'discovery.cancel': () => {
      discovery.cancelScan()
      return {}
    },
  }
}
