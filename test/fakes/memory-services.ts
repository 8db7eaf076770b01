import { defaultLimits } from '../../electron/contract/routing.ts'
import type { ServiceView } from '../../electron/contract/snapshot.ts'
import type { Services } from '../../electron/agent/components.ts'
import { FcnError } from '../../electron/agent/errors.ts'
import { createEmitter } from '../../electron/agent/support/signal.ts'

/** Keeps services in memory, within the promised bound. */
export function createMemoryServices(): Services {
  const services = new Map<string, ServiceView>()
  const changed = createEmitter()
  return {
    changed,
    list: () => [...services.values()],
    get: (id) => services.get(id),
    async share({ id, name, port, url, status }) {
      const key = id ?? name.toLowerCase()
      if (!/^[a-z0-9][a-z0-9._-]{0,63}$/u.test(key)) throw new FcnError('invalid_input', 'The id of the service is not valid.')
      if (!services.has(key) && services.size >= 256) throw new FcnError('too_many', 'This node shares 256 services already.')
      const place = new URL(url ?? `http://127.0.0.1:${port}`)
      const view: ServiceView = {
        id: key,
        name,
        url: place.origin,
        port: port ?? Number(place.port || 80),
        status: status ?? 'active',
        problem: null,
        checkedAt: 0,
        limits: services.get(key)?.limits ?? defaultLimits,
      }
      services.set(key, view)
      changed.emit()
      return view
    },
    limit(id, change) {
      const view = services.get(id)
      if (view === undefined) throw new FcnError('not_found', 'There is no such service.')
      const limited = { ...view, limits: change === null ? defaultLimits : { ...view.limits, ...change } }
      services.set(id, limited)
      changed.emit()
      return limited
    },
    async unshare(id) {
      const view = services.get(id)
      if (view === undefined) throw new FcnError('not_found', 'There is no such service.')
      services.delete(id)
      changed.emit()
      return view
    },
    start: async () => undefined,
    stop: async () => undefined,
  }
}
