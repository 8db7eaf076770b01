import type { FastifyInstance } from 'fastify'
import { healthDetails, nodeInformation, sharedServices } from './answers.ts'
import type { RouterApiComponents } from './components.ts'
import { nodeInfo, serviceEntries } from './node-info.ts'
import { routerCall } from './router-call.ts'

export function addNodeRoutes(api: FastifyInstance, components: RouterApiComponents): void {
  api.get('/node/info', routerCall({ id: 'nodeInfo', summary: 'Name, role, version and load of this node' }, nodeInformation), () =>
    nodeInfo(components),
  )
  api.get('/node/health', routerCall({ id: 'nodeHealth', summary: 'Health, with the load of this node' }, healthDetails), () => {
    const { name, resources, uptime } = nodeInfo(components)
    return { status: 'ok', node: name, timestamp: new Date(components.clock.now()).toISOString(), uptime, resources }
  })
  api.get('/node/services', routerCall({ id: 'nodeServices', summary: 'The same as /api/services' }, sharedServices), () =>
    serviceEntries(components),
  )
}
