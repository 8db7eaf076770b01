import { type ApiServer, createApiServer } from './api/server.ts'
import { createLinkUpgrade } from './api/peer/link-upgrade.ts'
import { createTunnelUpgrade } from './api/peer/tunnel-upgrade.ts'
import { type EdgeComponents, edgeRoutes } from './edge-routes.ts'
import type { NodeOptions } from './node.ts'
import type { Stores } from './stores.ts'

export interface Edge {
  server: ApiServer
  /** A link that opens the page once, within a minute. */
  pageLink: () => { url: string; expiresAt: number }
}

/** The one port: who is let in, and what takes over a connection. */
export function createEdge(components: EdgeComponents, stores: Stores, options: NodeOptions): Edge {
  const { parts, clock, log } = components
  const { identity, settings } = stores
  const { membership, relay, router, sessions, refusals } = parts

  const server = createApiServer(
    {
      identity,
      clock,
      log,
      refusals,
      trusts: (caller) => caller.kind === 'node' && membership.isMember(caller.id),
      takeLane: relay.takeLane,
      encryptedOnly: () => settings.get().encryptedPeersOnly,
    },
    {
      port: options.chosen?.port ?? settings.get().port,
      host: options.chosen?.host ?? settings.get().host,
      routes: edgeRoutes(components, stores, options),
    },
  )
  server.onRequest('plain', router.programs)
  server.onRequest('plain', router.models)
  server.onRequest('peer', router.peers)
  server.onUpgrade(router.programs.upgrade)
  server.onUpgrade(router.peers.upgrade)
  server.onUpgrade(createTunnelUpgrade({ membership, inbox: membership.inbox, relay }))
  server.onUpgrade(createLinkUpgrade({ membership, inbox: membership.inbox }))

  const pageLink = () => {
    const { code, expiresAt } = sessions.createCode()
    return { url: `http://127.0.0.1:${server.listener()?.port ?? 0}/open/${code}`, expiresAt }
  }
  return { server, pageLink }
}
