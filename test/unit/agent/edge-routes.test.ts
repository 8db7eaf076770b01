import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { HTTPMethods } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '../../../electron/agent/components.ts'
import { createIdleEdge, type IdleEdge, type Side } from '../../fakes/idle-edge.ts'
import { createTestKey } from '../../fakes/test-identity.ts'

const strangerKey = createTestKey()
const from = '192.168.1.77'
const plain: Caller = { kind: 'plain', address: from, loopback: false }
const anonymous: Caller = { kind: 'anonymous', address: from }
const stranger: Caller = { kind: 'node', id: strangerKey.id, publicKey: strangerKey.publicKey, address: from }

let edge: IdleEdge
let routes: IdleEdge['routes']
let parts: IdleEdge['parts']
let apiKey: string

beforeAll(async () => {
  edge = await createIdleEdge()
  ;({ routes, parts } = edge)
  apiKey = parts.apiKey.current()
})
afterAll(() => edge.close())

/** An address that the pattern takes. */
const addressOf = (pattern: string) => pattern.replace(/:\w+/gu, 'x'.repeat(43)).replace(/\*$/u, 'Home/ai/box/x')

async function ask(side: Side, as: Caller, route: string, headers: Record<string, string> = {}): Promise<string> {
  edge.comeFrom(as)
  const [method, pattern] = route.split(' ') as [HTTPMethods | 'QUERY', string]
  const hasBody = method === 'POST' || method === 'QUERY'
  const answer = await edge.apps[side].inject({
    method,
    url: addressOf(pattern),
    remoteAddress: from,
    headers: { host: 'localhost:80', ...(hasBody && { 'content-type': 'application/json' }), accept: 'text/html', ...headers },
    ...(hasBody && { payload: '{}' }),
  })
  return String(answer.statusCode)
}

/** Route → answer of all routes that do not answer as expected. */
async function others(side: Side, as: Caller, expected: string, headers?: Record<string, string>) {
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
      'GET /openapi.json',
      ...[...routes.plain].filter((route) => / \/(?:api\/(?!health|\*)|v1\/)/u.test(route) && !route.startsWith('HEAD ')),
    ]
    expect(await others('plain', plain, '403')).toEqual({
      'GET /api/health': '200',
      ...Object.fromEntries(keyed.map((route) => [route, '401'])),
      ...anyMethod('/api/*', '404', routes.plain),
    })
  })

  it('the API key opens the Router API and the models to another machine, and no service, capability, page or control', async () => {
    const opened = await others('plain', plain, '403', { 'x-api-key': apiKey })
    expect(Object.keys(opened).filter((route) => !/ \/(?:api\/|v1\/|(?:metrics|openapi\.json)$)/u.test(route))).toEqual([])
    expect(opened).toMatchObject({
      'GET /api/node/info': '200',
      'GET /api/mesh/nodes': '200',
      'GET /metrics': '200',
      'GET /openapi.json': '200',
      'GET /v1/models': '200',
      'GET /api/tags': '200',
    })
  })

  it('a sync token opens hub sync to another machine and nothing else, and only as a Bearer token', async () => {
    const { secret, token } = parts.syncTokens.create('box')
    const bearer = { authorization: `Bearer ${secret}` }
    const box: Caller = { ...plain, address: '192.168.1.78' }
    const closed = await others('plain', box, '403')
    const opened = await others('plain', box, '403', bearer)
    const isRefused = (status: string | undefined) => status === '401' || status === '429' // wrong keys are counted
    const different = Object.entries(opened).filter(([route, status]) => status !== closed[route] && !isRefused(status))
    expect(different).toEqual([['POST /api/mesh/sync', '200']])
    expect(await others('peer', stranger, '403', bearer)).toEqual(await others('peer', stranger, '403'))
    const other: Caller = { ...plain, address: '192.168.1.79' }
    expect(await ask('plain', other, 'POST /api/mesh/sync', { 'x-api-key': secret })).toBe('401')
    parts.syncTokens.revoke(token.id)
    expect(await ask('plain', other, 'POST /api/mesh/sync', bearer)).toBe('401')
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
