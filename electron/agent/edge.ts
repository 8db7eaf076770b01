import { localApi } from './api/local/plugin.ts'
import { createSessions } from './api/local/session.ts'
import { registerPeerApi } from './api/peer/peer-api.ts'
import { createMetrics } from './api/router-api/metrics.ts'
import { routerApi } from './api/router-api/plugin.ts'
import { type ApiServer, createApiServer } from './api/server.ts'
import type { Node, NodeOptions } from './node.ts'
import type { Environment, Parts } from './parts.ts'
import type { Stores } from './stores.ts'

export interface Edge {
  server: ApiServer
  /** A link that opens the page once, within a minute. */
  pageLink: () => { url: string; expiresAt: number }
}

interface EdgeComponents extends Environment {
  parts: Parts
  node: Pick<Node, 'call' | 'snapshot' | 'changes'>
  startedAt: number
}

/** The one port: which routes each of its two protocols has. */
export function createEdge(
  { parts, node, startedAt, clock, random, log }: EdgeComponents,
  { identity, settings, token }: Stores,
  options: NodeOptions,
): Edge {
  const { membership, legacy, router, audit, refusals } = parts
  const opened = () => audit.record({ action: 'page.opened', actor: settings.get().name, actorId: identity.id, outcome: 'ok' })
  const sessions = createSessions({ clock, random, opened }, { token, nodeId: identity.id })
  const shared = { ...parts, id: identity.id, legacyPeers: legacy, clock, log, startedAt }
  const metrics = createMetrics(shared)

  const server = createApiServer(
    { identity, clock, log, refusals, trusts: (caller) => caller.kind === 'node' && membership.isMember(caller.id) },
    {
      port: options.chosen?.port ?? settings.get().port,
      host: options.chosen?.host ?? settings.get().host,
      routes: {
        plain(app) {
          metrics.count(app, 'plain')
          void app.register(routerApi(shared))
          void app.register(metrics.routes)
          void app.register(router.proxyRoutes)
          void app.register(localApi({ node, sessions, clock, log }, { token, pageDir: options.pageDir }))
        },
        peer(app) {
          metrics.count(app, 'peer')
          registerPeerApi(app, { membership, inbox: membership.inbox })
          void app.register(router.peerProxyRoutes)
        },
      },
    },
  )
  server.onUpgrade(router.proxyUpgrade)
  server.onUpgrade(router.peerProxyUpgrade)

  const pageLink = () => {
    const { code, expiresAt } = sessions.createCode()
    return { url: `http://127.0.0.1:${server.listener()?.port ?? 0}/open/${code}`, expiresAt }
  }
  return { server, pageLink }
}
