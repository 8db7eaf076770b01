import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { METHODS } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { createApp } from '../../electron/agent/api/app.ts'
import type { Caller, SettingsStore } from '../../electron/agent/components.ts'
import { edgeRoutes } from '../../electron/agent/edge-routes.ts'
import type { Node } from '../../electron/agent/node.ts'
import { createParts, type Parts } from '../../electron/agent/parts.ts'
import type { ModelsSide } from '../../electron/agent/routing/models/models-side.ts'
import type { RouterSide } from '../../electron/agent/routing/router.ts'
import { openStores } from '../../electron/agent/stores.ts'
import { systemRandom } from '../../electron/agent/support/random.ts'
import { createEmitter } from '../../electron/agent/support/signal.ts'
import { settings } from '../../electron/contract/settings.ts'
import { createFakeClock } from './fake-clock.ts'
import { createKeptLog } from './kept-log.ts'

export type Side = 'plain' | 'peer'

export interface IdleEdge {
  parts: Parts
  apps: Record<Side, FastifyInstance>
  /** `GET /api/health` and so on, as they were registered. */
  routes: Record<Side, Set<string>>
  /** What the next request comes from; the real node reads it from the connection. */
  comeFrom(caller: Caller): void
  close(): Promise<void>
}

/** The parts of a real node on a real data folder, with every route it has; nothing of it runs but the router. */
export async function createIdleEdge(): Promise<IdleEdge> {
  const dir = await mkdtemp(join(tmpdir(), 'fcn-test-'))
  const [dataDir, pageDir, clock, log] = [join(dir, 'data'), join(dir, 'page'), createFakeClock(), createKeptLog()]
  await mkdir(pageDir)
  await writeFile(join(pageDir, 'index.html'), '<h1>page</h1>')
  const openSettings = (): SettingsStore => ({
    get: () => settings.parse({ name: 'me' }),
    update: () => settings.parse({ name: 'me' }),
    changed: createEmitter(),
  })
  const options = { dataDir, pageDir, face: 'headless' as const, version: '1', log, openSettings }
  const environment = { clock, random: systemRandom, log }
  const stores = await openStores(options, systemRandom)
  const parts = createParts(stores, options, environment, {
    listener: () => ({ port: 3000, movedFrom: null }),
    acceptRelayed: (stream) => void stream.destroy(),
  })
  await parts.router.start()
  parts.membership.describe(parts.self())
  await parts.membership.start()
  const node = { call: () => Promise.reject(new Error('reached')), changes: createEmitter() } as unknown as Node
  const edge = edgeRoutes({ ...environment, parts, node, startedAt: 0 }, stores, options)
  const routes = { plain: new Set<string>(), peer: new Set<string>() }
  let caller: Caller = { kind: 'plain', address: '127.0.0.1', loopback: true }
  const appOf = async (side: Side) => {
    const app = createApp({ callerOf: () => caller, clock, log, refusals: parts.refusals }, { bodyTimeout: 1_000 })
    app.addHook('onRoute', ({ method, url }) => [method].flat().forEach((each) => routes[side].add(`${each} ${url}`)))
    edge[side](app)
    addRouter(app, side === 'plain' ? parts.router.programs : parts.router.peers, () => caller)
    if (side === 'plain') addModels(app, parts.router.models, () => caller)
    await app.ready()
    return app
  }
  const apps = { plain: await appOf('plain'), peer: await appOf('peer') }
  return {
    parts,
    apps,
    routes,
    comeFrom: (next) => void (caller = next),
    async close() {
      await Promise.all(Object.values(apps).map((app) => app.close()))
      await parts.router.stop()
      await parts.membership.stop()
      await rm(dir, { recursive: true })
    },
  }
}

/** What the server hands to the router before the framework sees it, as routes of the framework, so that they are walked too. */
function addRouter(app: FastifyInstance, side: RouterSide, caller: () => Caller): void {
  const methods = METHODS.filter((method) => method !== 'CONNECT')
  for (const method of methods) if (!app.supportedMethods.includes(method)) app.addHttpMethod(method, { hasBody: true })
  for (const prefix of side.prefixes) {
    app.route({
      method: methods,
      url: `${prefix}*`,
      onRequest(request, reply) {
        reply.hijack()
        side.request(request.raw, reply.raw, caller(), { expectsContinue: false })
      },
      handler: () => undefined,
    })
  }
}

/** Likewise the calls for models; what is no such call is refused by the same side. */
function addModels(app: FastifyInstance, side: ModelsSide, caller: () => Caller): void {
  for (const { method, pattern } of side.addresses) {
    app.route({
      method,
      url: pattern,
      exposeHeadRoute: false,
      onRequest(request, reply) {
        reply.hijack()
        side.request(request.raw, reply.raw, caller(), { expectsContinue: false })
      },
      handler: () => undefined,
    })
  }
}
