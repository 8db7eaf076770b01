import type { FastifyInstance } from 'fastify'
import { nodeHealth, systemStatus } from './answers.ts'
import type { RouterApiComponents } from './components.ts'
import type { KeyCheck } from './key-check.ts'
import { meshNodes } from './mesh-routes.ts'
import { nodeInfo, serviceEntries } from './node-info.ts'
import { routerCall } from './router-call.ts'

/** Health is for anyone; the status, which names services and peers, for this machine and holders of the key. */
export function addStatusRoutes(
  api: FastifyInstance,
  components: RouterApiComponents,
  { keyCheck, lastSynced }: { keyCheck: KeyCheck; lastSynced: () => number | null },
): void {
  const health = routerCall({ id: 'health', summary: 'Whether the node is there; for anyone', access: 'anyone' }, nodeHealth)
  api.get('/health', health, () => ({
    status: 'ok',
    node: components.self().name,
    timestamp: new Date(components.clock.now()).toISOString(),
  }))

  const status = routerCall({ id: 'systemStatus', summary: 'Node, services and mesh in one', access: 'keyFromAfar' }, systemStatus)
  api.get('/system/status', status, (request) => {
    keyCheck.requireFromAfar(request)
    const at = lastSynced()
    return {
      node: nodeInfo(components),
      services: serviceEntries(components),
      mesh: { nodeCount: meshNodes(components).length, lastSynced: at === null ? null : new Date(at).toISOString() },
    }
  })
}
