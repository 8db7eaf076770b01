import type { CapabilityName } from '../../contract/capability.ts'
import { archiveProvider } from './archive/archive-provider.ts'
import { computeProvider } from './compute/compute-provider.ts'
import { gatewayProvider } from './gateway/gateway-provider.ts'
import type { CapabilityProvider } from './provider.ts'
import { storageProvider } from './storage/storage-provider.ts'

/** Providers that have parts of a node behind them, made in its composition root. */
interface MadeProviders {
  ai: CapabilityProvider
}

/** Every capability and who answers for it. A new provider is a folder and its line here. */
export const allProviders = ({ ai }: MadeProviders): Record<CapabilityName, CapabilityProvider> => ({
  storage: storageProvider,
  compute: computeProvider,
  ai,
  gateway: gatewayProvider,
  archive: archiveProvider,
})
