import type { CapabilityName } from '../../contract/capability.ts'
import { FcnError } from '../errors.ts'
import { httpGet } from './http-check.ts'
import type { CapabilityProvider } from './provider.ts'

/** A capability that is whatever HTTP service the user puts behind it: it is well when it answers and reports no fault of its own. */
export function createHttpProvider(name: CapabilityName, backend: string): CapabilityProvider {
  return {
    name,
    backend,
    async check(url, look) {
      const { status } = await httpGet(url, '/', look)
      if (status < 500) return { detail: `answers with status ${status}` }
      throw new FcnError('backend_failed', `The program at ${url.host} reports a fault of its own (status ${status}).`, {
        action: 'See the log of that program.',
      })
    },
  }
}
