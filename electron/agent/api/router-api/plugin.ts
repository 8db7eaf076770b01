/**
 * The Router API v0.1: what existing Free Compute Nodes and their owners' scripts speak, over plain HTTP. Errors are
 * `{"error": "…"}`; a call either needs the key or says why it does not.
 */
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import { refusesAll } from '../../openapi/operation.ts'
import { createErrorHandler, refuseUnknown } from '../error-handler.ts'
import type { RouterApiComponents } from './components.ts'
import { createKeyCheck } from './key-check.ts'
import { addMeshRoutes } from './mesh-routes.ts'
import { addMeshSync } from './mesh-sync.ts'
import { addNodeRoutes } from './node-routes.ts'
import { addServiceRoutes } from './service-routes.ts'
import { addStatusRoutes } from './status-routes.ts'

export function routerApi(components: RouterApiComponents): FastifyPluginAsync {
  const keyCheck = createKeyCheck(components)

  return async (app) => {
    await app.register(
      async (api) => {
        api.setErrorHandler(createErrorHandler(components.log, ({ message }) => ({ error: message })))
        api.all('/*', refusesAll, refuseUnknown) // a route of its own, or the page would answer for calls that do not exist
        acceptAnyBody(api)
        const lastSync = { at: null as number | null }
        addStatusRoutes(api, components, { keyCheck, lastSynced: () => lastSync.at })
        await api.register(async (keyed) => {
          keyed.addHook('onRequest', (request, _reply, done) => {
            keyCheck.require(request)
            done()
          })
          addNodeRoutes(keyed, components)
          addServiceRoutes(keyed, components)
          addMeshRoutes(keyed, components)
        })
        await api.register(async (hub) => addMeshSync(hub, components, () => (lastSync.at = components.clock.now())))
      },
      { prefix: '/api' },
    )
  }
}

/** A body that does not say it is JSON counts as none, as with the old nodes: the answer then names what is missing. */
function acceptAnyBody(api: FastifyInstance): void {
  api.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, done) => done(null, undefined))
}
