import type { CallHandlers } from '../../contract/calls.ts'
import type { Discovery } from '../components.ts'
import type { Diagnosis } from '../../contract/discovery.ts'

type DiscoveryCalls = Pick<CallHandlers, 'discovery.list' | 'discovery.look' | 'discovery.scan' | 'discovery.cancel' | 'doctor.run'>

interface DiscoveryCallsComponents {
  discovery: Discovery
  doctor: { run(): Promise<Diagnosis> }
}

export function discoveryCalls({ discovery, doctor }: DiscoveryCallsComponents): DiscoveryCalls {
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
    'doctor.run': () => doctor.run(),
  }
}
