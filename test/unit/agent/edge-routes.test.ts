import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type IncomingMessage, METHODS } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { FastifyInstance, HTTPMethods } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../../electron/agent/api/app.ts'
import type { Caller, SettingsStore } from '../../../electron/agent/components.ts'
import { edgeRoutes } from '../../../electron/agent/edge-routes.ts'
import type { Node } from '../../../electron/agent/node.ts'
import { createParts, type Parts } from '../../../electron/agent/parts.ts'
import type { RouterSide } from '../../../electron/agent/routing/router.ts'
import { openStores } from '../../../electron/agent/stores.ts'
import { createEmitter } from '../../../electron/agent/support/signal.ts'
import { systemRandom } from '../../../electron/agent/support/random.ts'
import { settings } from '../../../electron/contract/settings.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'
import { createKeptLog } from '../../fakes/kept-log.ts'
import { createTestKey } from '../../fakes/test-identity.ts'

const strangerKey = createTestKey()
const from = '192.168.1.77'
const plain: Caller = { kind: 'plain', address: from, loopback: false }
const anonymous: Caller = { kind: 'anonymous', address: from }
const stranger: Caller = { kind: 'node', id: strangerKey.id, publicKey: strangerKey.publicKey, address: from }

/** What the next request comes from; the real node reads it from the connection. */
let caller: Caller = plain
let parts: Parts
let apiKey: string
let dir: string
const apps: Partial<Record<'plain' | 'peer', FastifyInstance>> = {}
const routes: Record<'plain' | 'peer', Set<string>> = { plain: new Set(), peer: new Set() }

/** The parts of a real node on a real data folder, with every route it has; nothing of it runs but the router. */
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fcn-test-'))
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
  parts = createParts(stores, options, environment, { listener: () => ({ port: 3000, movedFrom: null }) })
  apiKey = parts.apiKey.current()
  await parts.router.start()
  parts.membership.describe(parts.self())
  await parts.membership.start()
  const node = { call: () => Promise.reject(new Error('reached')), changes: createEmitter() } as unknown as Node
  const edge = edgeRoutes({ ...environment, parts, node, startedAt: 0 }, stores, options)
  for (const side of ['plain', 'peer'] as const) {
    const app = createApp({ callerOf: () => caller, clock, log, refusals: parts.refusals }, { bodyTimeout: 1_000 })
    app.addHook('onRoute', ({ method, url }) => [method].flat().forEach((each) => routes[side].add(`${each} ${url}`)))
    edge[side](app)
    addRouter(app, side === 'plain' ? parts.router.programs : parts.router.peers)
    await app.ready()
    apps[side] = app
  }
})
afterAll(async () => {
  await Promise.all(Object.values(apps).map((app) => app.close()))
  await parts.router.stop()
  await parts.membership.stop()
  await rm(dir, { recursive: true })
})

/** What the server hands to the router before the framework sees it, as routes of the framework, so that they are walked too. */
function addRouter(app: FastifyInstance, side: RouterSide): void {
  const methods = METHODS.filter((method) => method !== 'CONNECT')
  for (const method of methods) if (!app.supportedMethods.includes(method)) app.addHttpMethod(method, { hasBody: true })
  for (const prefix of side.prefixes) {
    app.route({
      method: methods,
      url: `${prefix}*`,
      onRequest(request, reply) {
        reply.hijack()
        side.request(request.raw, reply.raw, caller, { expectsContinue: false })
      },
      handler: () => undefined,
    })
  }
}

function appOf(side: 'plain' | 'peer'): FastifyInstance {
  const app = apps[side]
  if (!app) throw new Error(`There is no ${side} app yet.`)
  return app
}

/** An address that the pattern takes. */
const addressOf = (pattern: string) => pattern.replace(/:\w+/gu, 'x'.repeat(43)).replace(/\*$/u, 'Home/ai/box/x')

async function ask(side: 'plain' | 'peer', as: Caller, route: string, headers: Record<string, string> = {}): Promise<string> {
  caller = as
  const [method, pattern] = route.split(' ') as [HTTPMethods | 'QUERY', string]
  const hasBody = method === 'POST' || method === 'QUERY'
  const answer = await appOf(side).inject({
    method,
    url: addressOf(pattern),
    remoteAddress: from,
    headers: { host: 'localhost:80', ...(hasBody && { 'content-type': 'application/json' }), accept: 'text/html', ...headers },
    ...(hasBody && { payload: '{}' }),
  })
  return String(answer.statusCode)
}

/** Route → answer of all routes that do not answer as expected. */
async function others(side: 'plain' | 'peer', as: Caller, expected: string, headers?: Record<string, string>) {
  const answers = new Map<string, string>()
  // methods that carry no news: Fastify adds HEAD to each GET
  for (const route of [...routes[side]].filter((each) => !each.startsWith('HEAD '))) {
    const answer = await ask(side, as, route, headers)
    if (answer !== expected) answers.set(route, answer)
  }
  return Object.fromEntries([...answers].toSorted(([a], [b]) => a.localeCompare(b)))
}

const anyMethod = (pattern: string, answer: string, of: Set<string>) =>
  Object.fromEntries([...of].filter((route) => route.endsWith(` ${pattern}`) && !route.startsWith('HEAD ')).map((route) => [route, answer]))

describe('before membership', () => {
  it('another machine without a key reaches health over plain HTTP, and nothing else', async () => {
    expect(routes.plain.size).toBeGreaterThan(60)
    const keyed = [
      'GET /metrics',
      ...[...routes.plain].filter((route) => / \/api\/(?!health|\*)/u.test(route) && !route.startsWith('HEAD ')),
    ]
    expect(await others('plain', plain, '403')).toEqual({
      'GET /api/health': '200',
      ...Object.fromEntries(keyed.map((route) => [route, '401'])),
      ...anyMethod('/api/*', '404', routes.plain),
    })
  })

  it('the API key opens the Router API to another machine and no service, capability, page or control', async () => {
    const opened = await others('plain', plain, '403', { 'x-api-key': apiKey })
    expect(Object.keys(opened).filter((route) => !/ \/(?:api\/|metrics$)/u.test(route))).toEqual([])
    expect(opened).toMatchObject({ 'GET /api/node/info': '200', 'GET /api/mesh/nodes': '200', 'GET /metrics': '200' })
  })

  it('a connection without a certificate reaches nothing over TLS', async () => {
    expect(routes.peer.size).toBeGreaterThan(20)
    expect(await others('peer', anonymous, '403')).toEqual({})
  })

  it('a node that is no member can say hello, ask to join and introduce itself, and nothing else', async () => {
    expect(await others('peer', stranger, '403')).toEqual({
      'GET /peer/v1/hello': '200',
      'POST /peer/v1/join': '400',
      'GET /peer/v1/join/:request': '404',
      'DELETE /peer/v1/join/:request': '404',
      'POST /peer/v1/join/:request/reveal': '400',
      'POST /peer/v1/introduce': '400',
    })
  })

  it.each([
    ['plain', plain, '/services/any/any/box/', 403],
    ['plain', plain, '/capabilities/any/ai/', 403],
    ['peer', anonymous, '/peer/v1/services/Home/box/', 403],
    ['peer', stranger, '/peer/v1/services/Home/box/', 403],
    ['peer', stranger, '/peer/v1/capabilities/Home/ai/', 403],
    ['peer', stranger, '/services/any/any/box/', null],
    ['plain', plain, '/local/v1/events', null],
  ] as const)('no upgrade gets through on the %s side (%o, %s)', async (side, as, url, status) => {
    const socket = Object.assign(new PassThrough(), { destroySoon: () => undefined })
    const request = { url, method: 'GET', headers: { host: 'localhost', upgrade: 'websocket' }, rawHeaders: ['Host', 'localhost'] }
    const { upgrade } = side === 'plain' ? parts.router.programs : parts.router.peers
    const taken = upgrade(request as unknown as IncomingMessage, socket, Buffer.alloc(0), as)
    expect(taken).toBe(status !== null)
    if (status === null) return
    const answer = text(socket)
    await once(socket, 'finish')
    expect(await answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `, 'u'))
  })
})
