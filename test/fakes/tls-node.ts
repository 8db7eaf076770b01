import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import Fastify, { type FastifyInstance } from 'fastify'
import { createCallers } from '../../electron/agent/api/caller.ts'
import { createUpgrades, type UpgradeHook } from '../../electron/agent/api/upgrade.ts'
import type { Identity } from '../../electron/agent/components.ts'
import { toFcnError } from '../../electron/agent/errors.ts'
import { createKeptLog } from './kept-log.ts'

/** A TLS listener on loopback that knows its callers by certificate, as the real one does. */
export async function createTlsNode(identity: Identity, routes: (app: FastifyInstance) => void, upgrade?: UpgradeHook) {
  const app = Fastify({
    forceCloseConnections: true,
    serverFactory: (handler) =>
      createServer({ ...identity.tls, minVersion: 'TLSv1.3', requestCert: true, rejectUnauthorized: false }, handler),
  })
  const callerOf = createCallers()
  app.decorateRequest('caller', {
    getter() {
      return callerOf(this.raw.socket)
    },
  })
  app.setErrorHandler(async (thrown, _request, reply) => {
    const error = toFcnError(thrown)
    return reply.status(error.status).send(error.toFailure())
  })
  routes(app)
  if (upgrade) {
    const upgrades = createUpgrades({ log: createKeptLog(), refusals: { request: () => undefined }, admit: () => undefined })
    upgrades.add(upgrade)
    app.server.on('upgrade', (request, socket, head) => upgrades.dispatch(request, socket, head, callerOf(request.socket)))
  }
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  return { app, port, url: `https://127.0.0.1:${port}`, close: () => app.close() }
}
