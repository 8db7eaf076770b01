import type { FastifyInstance } from 'fastify'
import type { RouterApiComponents } from './components.ts'
import type { KeyCheck } from './key-check.ts'
import { meshNodes } from './mesh-routes.ts'
import { nodeInfo, serviceEntries } from './node-info.ts'

/** Health is for anyone; the status, which names services and peers, for this machine and holders of the key. */
export function addStatusRoutes(
  api: FastifyInstance,
  components: RouterApiComponents,
  { keyCheck, lastSynced }: { keyCheck: KeyCheck; lastSynced: () => number | null },
): void {
  api.get('/health', () => ({ status: 'ok', node: components.self().name, timestamp: new Date(components.clock.now()).toISOString() }))

  api.get('/system/status', (request) => {
    keyCheck.requireFromAfar(request)
    const at = lastSynced()
    return {
      node: nodeInfo(components),
      services: serviceEntries(components),
      mesh: { nodeCount: meshNodes(components).length, lastSynced: at === null ? null : new Date(at).toISOString() },
    }
  })
}
