import type { FastifyInstance } from 'fastify'
import type { RouterApiComponents } from './components.ts'
import { nodeInfo, serviceEntries } from './node-info.ts'

export function addNodeRoutes(api: FastifyInstance, components: RouterApiComponents): void {
  api.get('/node/info', () => nodeInfo(components))
  api.get('/node/health', () => {
    const { name, resources, uptime } = nodeInfo(components)
    return { status: 'ok', node: name, timestamp: new Date(components.clock.now()).toISOString(), uptime, resources }
  })
  api.get('/node/services', () => serviceEntries(components))
}
