import type { CapabilityName } from '../../contract/capability.ts'
import { aiProvider } from './ai/ai-provider.ts'
import { archiveProvider } from './archive/archive-provider.ts'
import { computeProvider } from './compute/compute-provider.ts'
import { gatewayProvider } from './gateway/gateway-provider.ts'
import type { CapabilityProvider } from './provider.ts'
import { storageProvider } from './storage/storage-provider.ts'

/** Every capability and who answers for it. A new provider is a folder and its line here. */
export const providers: Record<CapabilityName, CapabilityProvider> = {
  storage: storageProvider,
  compute: computeProvider,
  ai: aiProvider,
  gateway: gatewayProvider,
  archive: archiveProvider,
}
