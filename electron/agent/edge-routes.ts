import type { FastifyInstance } from 'fastify'
import { localApi } from './api/local/plugin.ts'
import { openApiRoute } from './api/openapi-route.ts'
import { registerPeerApi } from './api/peer/peer-api.ts'
import { registerReachApi } from './api/peer/reach-api.ts'
import { createMetrics } from './api/router-api/metrics.ts'
import { routerApi } from './api/router-api/plugin.ts'
import type { Node, NodeOptions } from './node.ts'
import { createEndpoints } from './openapi/endpoints.ts'
import type { Environment, Parts } from './parts.ts'
import type { Stores } from './stores.ts'

export interface EdgeComponents extends Environment {
  parts: Parts
  node: Pick<Node, 'call' | 'snapshot' | 'changes'>
  startedAt: number
}

/** Every route of the two sides of the port. */
export interface EdgeRoutes {
  plain: (app: FastifyInstance) => void
  peer: (app: FastifyInstance) => void
}

/**
 * Which routes each side has, beside what the router takes (edge.ts). Services and capabilities of this node are served
 * to peers on the encrypted side alone: on the plain side they are for programs of this machine, so that a legacy peer, whatever key it holds, has no way to them.
 */
export function edgeRoutes(
  { parts, node, startedAt, clock, log }: EdgeComponents,
  { identity, token }: Stores,
  { pageDir }: Pick<NodeOptions, 'pageDir'>,
): EdgeRoutes {
  const { membership, legacy, router } = parts
  const shared = { ...parts, id: identity.id, legacyPeers: legacy, clock, log, startedAt }
  const metrics = createMetrics(shared)
  const endpoints = createEndpoints({ plain: [router.programs, router.models], peer: [router.peers] })
  return {
    plain(app) {
      endpoints.collect(app, 'plain')
      metrics.count(app, 'plain')
      void app.register(routerApi(shared))
      void app.register(metrics.routes)
      void app.register(openApiRoute({ ...shared, endpoints }))
      void app.register(localApi({ ...parts, guard: parts.localGuard, node, clock, log }, { token, pageDir }))
    },
    peer(app) {
      endpoints.collect(app, 'peer')
      metrics.count(app, 'peer')
      registerPeerApi(app, { membership, inbox: membership.inbox })
      registerReachApi(app, { membership, clock, callBack: parts.callBack })
    },
  }
}
