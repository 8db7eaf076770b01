import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import fc from 'fast-check'
import { Agent, type Dispatcher, request, upgrade } from 'undici'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { joinCommitment } from '../../electron/agent/membership/comparison-code.ts'
import { readControlToken } from '../../electron/agent/store/control-token.ts'
import { startFakeEngine } from '../fakes/ai/fake-engine.ts'
import { type AnswerCheck, createAnswerCheck, type RealAnswer } from '../support/answer-check.ts'
import { type ApiDescription, operationsIn } from '../support/api-description.ts'
import { eventually } from '../support/eventually.ts'
import { createAttackers } from './attacks/attacker.ts'
import { invite } from './attacks/invitation.ts'
import { createOutsider, type Outsider, type Proof } from './attacks/outsider.ts'
import { type EchoService, startEchoService } from './echo-service.ts'
import { type FuzzRequest, localRequests, peerRequests, routerRequests } from './fuzz-inputs.ts'
import { type NodeProcess, startNode } from './node-process.ts'
import { type Accepted, alone, joining, withPeers } from './openapi-story.ts'

/** Printed with a failure by being in the test's name. */
const seed = 20_261_128
/** Would look through the network of the machine that runs the test. */
const spared = new Set<string>(['discovery.scan'])

let attic: NodeProcess
let mia: NodeProcess
let echo: EchoService
let mesh: string
let key: string
let member: Outsider
let proof: Proof
let document: ApiDescription
let check: AnswerCheck
/** The member's, and those of somebody that nobody knows. */
const agents: Agent[] = []

interface Message {
  headers?: Record<string, string>
  body?: string
  dispatcher?: Dispatcher
}

/** Asks, and holds the answer against the description. */
async function expectDescribed(method: string, url: URL, { headers = {}, body, dispatcher }: Message = {}): Promise<RealAnswer> {
  const given = await request(url, { method, headers, body: body ?? null, ...(dispatcher && { dispatcher }) })
  const answer = { status: given.statusCode, headers: given.headers, body: await given.body.text() }
  expect(check.problems(method, url.pathname, answer), `${method} ${url.pathname}`).toEqual([])
  return answer
}

const json = (value: unknown) => ({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) })
const at = (path: string, node = attic) => new URL(path, node.url)
const overTls = (path: string) => new URL(path, attic.url.replace('http:', 'https:'))
const withKey = ({ headers = {}, ...rest }: Message = {}) => ({ ...rest, headers: { ...headers, 'x-api-key': key } })
const asOwner = (node: NodeProcess, { headers = {}, ...rest }: Message = {}) => ({
  ...rest,
  headers: { ...headers, authorization: `Bearer ${readControlToken(node.data) ?? ''}` },
})

const accepted =
  (node: NodeProcess): Accepted =>
  async (name, input) => {
    const answer = await expectDescribed('POST', at(`/local/v1/${name}`, node), asOwner(node, json(input)))
    expect(answer.status, `${name}: ${answer.body}`).toBe(200)
    return (JSON.parse(answer.body) as { value: never }).value
  }

function agentOf(tls: object): Agent {
  const agent = new Agent({ maxCachedSessions: 0, connect: { ...tls, rejectUnauthorized: false } })
  agents.push(agent)
  return agent
}

/** Whether the description has the address: the page takes whatever is left, and so would hide what is missing. */
const isAddress = (method: string, path: string) => (check.operationOf(method, path)?.operationId ?? 'page') !== 'page'

/** The first two events of a stream; `move` is what the second tells of. */
async function firstEvents(url: URL, move: () => Promise<unknown>): Promise<{ event: string; data: unknown }[]> {
  const stream = await request(url, asOwner(attic))
  const moved = move()
  let text = ''
  for await (const chunk of stream.body) {
    text += String(chunk)
    if (text.split('\n\n').length > 2) break
  }
  await moved
  const found = Array.from(text.matchAll(/^event: (?<event>\w+)\ndata: (?<data>.*)$/gmu))
  return found
    .slice(0, 2)
    .map(({ groups }) => ({ event: groups?.['event'] ?? '', data: JSON.parse(groups?.['data'] ?? 'null') as unknown }))
}

beforeAll(async () => {
  ;[attic, mia, echo] = await Promise.all([startNode({ name: 'attic' }), startNode({ name: 'mia' }), startEchoService()])
  document = (await (await request(at('/openapi.json'))).body.json()) as ApiDescription
  check = createAnswerCheck(document)
  mesh = (await accepted(attic)('mesh.create', { name: 'Maple Street' })).id
  key = (await accepted(attic)('key.show', {})).key
  await accepted(attic)('service.share', { name: 'echo', port: echo.port })
  member = await createOutsider(createAttackers(() => attic)(), { name: 'member' })
  proof = await member.enter((await invite(attic)).secret)
})
afterAll(async () => {
  await Promise.all([attic?.stop(), mia?.stop(), echo?.stop(), ...agents.map((agent) => agent.close())])
})

describe('what a running node answers is what it says in /openapi.json', () => {
  it('which the command line gives, too', async () => {
    expect((await attic.fcn('openapi')).json).toEqual(document)
  })

  it('at the Router API, with good and with bad input', async () => {
    // of the paths below /api/, those for models are Ollama's, and have a test of their own
    const isOurs = (path: string) => path.startsWith('/api/') && !check.operationOf('GET', path)?.tags.includes('Models')
    const get = Object.keys(document.paths).filter((path) => isOurs(path) && document.paths[path]?.['get'])
    for (const path of [...get, '/metrics', '/openapi.json'].map((each) => each.replace('{id}', 'echo'))) {
      expect((await expectDescribed('GET', at(path), withKey())).status, path).toBe(200)
      const { status } = await expectDescribed('GET', at(path))
      expect(status, path).toBe(/^\/(?:metrics|openapi\.json|api\/(?:health|system\/status))$/u.test(path) ? 200 : 401)
    }
    for (const path of ['/api/system/status', '/metrics', '/openapi.json']) {
      expect((await expectDescribed('GET', at(path), { headers: { host: 'evil.example' } })).status, path).toBe(401)
    }
    expect((await expectDescribed('GET', at('/api/services/nothing'), withKey())).status).toBe(404)
    const service = { id: 'second', name: 'Second', port: String(echo.port) }
    expect((await expectDescribed('POST', at('/api/services/register'), withKey(json(service)))).status).toBe(201)
    const ghost = { nodeUrl: `http://127.0.0.1:${echo.port}`, nodeName: 'ghost', capabilities: 'ai,storage' }
    expect((await expectDescribed('POST', at('/api/mesh/register'), withKey(json(ghost)))).status).toBe(201)
    expect((await expectDescribed('POST', at('/api/mesh/sync'), withKey(json({ nodes: [], policies: { ai: {} } })))).status).toBe(200)
    const { secret } = await accepted(attic)('sync.token.create', { name: 'box' })
    const bearer = { headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` } }
    expect((await expectDescribed('POST', at('/api/mesh/sync'), { ...bearer, body: '{"nodes":[]}' })).status).toBe(200)
    for (const path of ['/api/services/register', '/api/mesh/register', '/api/mesh/sync']) {
      for (const body of ['{', '[]', '7', '{"__proto__":1}', '{"nodes":7}']) {
        expect((await expectDescribed('POST', at(path), withKey({ ...json(0), body }))).status, `${path} ${body}`).toBe(400)
      }
      expect((await expectDescribed('POST', at(path), json({}))).status).toBe(401)
    }
    const own = { nodeUrl: attic.url, nodeName: 'me' }
    expect((await expectDescribed('POST', at('/api/mesh/register'), withKey(json(own)))).status).toBe(409)
  })

  it('at the models, in three dialects, with good and with bad input', async () => {
    await using ollama = await startFakeEngine({ kind: 'ollama', models: [{ name: 'river' }] })
    await using llamaCpp = await startFakeEngine({ kind: 'llamacpp', models: [{ name: 'lake' }] })
    for (const { url } of [ollama, llamaCpp]) await accepted(attic)('ai.engine.add', { url })
    await eventually('both models are known', async () => (await accepted(attic)('ai.get', {})).models.length === 2)
    const messages = [{ role: 'user', content: 'Hello.' }]
    const asks: [path: string, body: object][] = [
      ['/v1/chat/completions', { messages }],
      ['/v1/completions', { prompt: 'Hello' }],
      ['/v1/embeddings', { input: 'Hello' }],
      ['/v1/responses', { input: 'Hello' }],
      ['/v1/messages', { messages, max_tokens: 20 }],
      ['/v1/messages/count_tokens', { messages }],
      ['/api/show', {}],
      ['/api/chat', { messages }],
      ['/api/generate', { prompt: 'Hello' }],
      ['/api/embed', { input: 'Hello' }],
      ['/api/embeddings', { prompt: 'Hello' }],
    ]
    for (const [path, body] of asks) {
      const model = path.endsWith('count_tokens') ? 'lake' : 'river'
      const good = await expectDescribed('POST', at(path), json({ ...body, model }))
      expect(good.status, `${path}: ${good.body}`).toBe(200)
      expect((await expectDescribed('POST', at(path), json({ ...body, model: 'nobody-has-it' }))).status, path).toBe(404)
    }
    const evil = { headers: { host: 'evil.example' } }
    for (const path of ['/v1/models', '/v1/models/river', '/api/tags', '/api/ps', '/api/version']) {
      expect((await expectDescribed('GET', at(path))).status, path).toBe(200)
      expect((await expectDescribed('GET', at(path), evil)).status, path).toBeGreaterThanOrEqual(400)
    }
    for (const { id } of (await accepted(attic)('ai.get', {})).engines) await accepted(attic)('ai.engine.remove', { engine: id })
  })

  it('at the calls of one node', async () => {
    await alone(accepted(attic), { echoPort: echo.port })
    expect(check.seen.size).toBeGreaterThan(30)
  })

  it('at the calls by which two nodes come together and part', { timeout: 120_000 }, async () => {
    const until = <T>(ask: () => Promise<T | undefined>) => eventually('it is there', ask) as Promise<T>
    await joining(accepted(attic), accepted(mia), { url: attic.url, until })
    await eventually('mia is a member', async () => (await accepted(attic)('peer.list', {})).some(({ name }) => name === 'mia'))
    await withPeers(accepted(attic), { ghost: 'ghost' })
    expect(check.seen.size).toBeGreaterThan(40)
  })

  it('at every call of the contract, also one that was added since, with what it does not take', { timeout: 120_000 }, async () => {
    const names = Object.keys(document.paths).flatMap((path) => /^\/local\/v1\/(?<name>[\w.]+)$/u.exec(path)?.groups?.['name'] ?? [])
    expect(names.length).toBeGreaterThan(45)
    for (const name of names.filter((each) => each !== 'events')) {
      const url = at(`/local/v1/${name}`)
      expect((await expectDescribed('POST', url, json({}))).status, name).toBe(401)
      for (const body of ['{', '[]', '"x"', '{"noSuchField":1}']) {
        expect((await expectDescribed('POST', url, asOwner(attic, { ...json(0), body }))).status, `${name} ${body}`).toBe(400)
      }
      if (!spared.has(name)) await expectDescribed('POST', at(`/local/v1/${name}`, mia), asOwner(mia, json({})))
    }
  })

  it('in the stream of changes', async () => {
    const url = at('/local/v1/events')
    expect((await expectDescribed('GET', url)).status).toBe(401)
    const events = await firstEvents(url, () => accepted(attic)('settings.update', { logLevel: 'info' }))
    expect(events.map(({ event }) => event)).toEqual(['hello', 'change'])
    for (const { event, data } of events) expect(check.eventProblems(url.pathname, event, data)).toEqual([])
  })

  it('at the page, its files, its one-time links and the proof', async () => {
    const html = { headers: { accept: 'text/html' } }
    expect((await expectDescribed('GET', at('/'))).status).toBe(401)
    expect((await expectDescribed('GET', at('/'), html)).status).toBe(401)
    expect((await expectDescribed('GET', at('/open/used'))).status).toBe(410)
    expect((await expectDescribed('GET', at('/open/used'), html)).status).toBe(410)
    const opened = await expectDescribed('GET', new URL((await accepted(attic)('page.link', {})).url))
    const cookie = String(opened.headers['set-cookie']).split(';', 1)[0] ?? ''
    const page = await expectDescribed('GET', at('/'), { headers: { accept: 'text/html', cookie } })
    expect([opened.status, page.status]).toEqual([303, 200])
    const file = at(/(?:src|href)="\.?(?<file>\/assets\/[^"]+)"/u.exec(page.body)?.groups?.['file'] ?? '/none')
    const { headers } = await expectDescribed('GET', file, { headers: { cookie } })
    expect((await expectDescribed('GET', file, { headers: { cookie, range: 'bytes=0-9' } })).status).toBe(206)
    expect((await expectDescribed('GET', file, { headers: { cookie, 'if-none-match': String(headers['etag']) } })).status).toBe(304)
    expect((await expectDescribed('GET', at('/none.js'), { headers: { cookie } })).status).toBe(404)
    for (const odd of ['bytes=9999999-', 'bytes=x']) await expectDescribed('GET', file, { headers: { cookie, range: odd } })

    const challenge = randomBytes(32).toString('base64url')
    expect((await expectDescribed('GET', at(`/local/v1/proof/${challenge}`))).status).toBe(200)
    expect((await expectDescribed('GET', at('/local/v1/proof/short'))).status).toBe(400)
  })

  it('at the addresses of the router, whatever the method', async () => {
    for (const method of ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE']) {
      for (const path of ['/services/any/any/echo/bytes/3', '/capabilities/any/compute/x?a=b']) {
        const { status, headers } = await expectDescribed(method, at(path), { headers: { 'x-request-id': 'mine' } })
        expect(status, `${method} ${path}`).toBe(200)
        expect(headers).toMatchObject({ 'x-request-id': 'mine', 'x-fcn-path': 'local', via: expect.any(String) as string })
        expect(Object.keys(headers)).toEqual(expect.arrayContaining(['x-fcn-node', 'server-timing']))
      }
      for (const path of ['/services/any/any/none/', '/capabilities/any/dreams/']) {
        const { status, headers } = await expectDescribed(method, at(path))
        expect(status, `${method} ${path}`).toBeGreaterThanOrEqual(400)
        expect(headers['x-fcn-error']).toBeDefined()
      }
    }
    expect((await expectDescribed('GET', at('/services/any/any/echo/'), { headers: { origin: 'https://evil.example' } })).status).toBe(403)
  })

  it('at the peer API, to a member, to a stranger, and to nobody', async () => {
    const [friend, stranger, nobody] = [
      agentOf(member.tls),
      agentOf((await createOutsider(createAttackers(() => attic)())).tls),
      agentOf({}),
    ]
    const say = (method: string, path: string, dispatcher: Agent, body?: unknown) =>
      expectDescribed(method, overTls(path), { ...(body === undefined ? {} : json(body)), dispatcher })
    const good: [method: string, path: string, body?: unknown][] = [
      ['GET', '/peer/v1/hello'],
      ['POST', '/peer/v1/introduce', { record: await member.record(proof) }],
      ['POST', '/peer/v1/sync', { mesh, records: [], knownNotices: [] }],
      ['POST', '/peer/v1/reach', { port: echo.port }],
      ['GET', `/peer/v1/services/${mesh}/echo/bytes/3`],
      ['GET', `/peer/v1/capabilities/${mesh}/compute/bytes/3`],
    ]
    for (const [method, path, body] of good) expect((await say(method, path, friend, body)).status, path).toBe(200)
    for (const [method, path, body] of good.slice(1))
      expect((await say(method, path, stranger, body)).status, path).toBeGreaterThanOrEqual(403)
    for (const [method, path] of good) expect((await say(method, path, nobody)).status, path).toBe(403)
    for (const [method, path] of good.filter((each) => each[0] === 'POST')) expect((await say(method, path, friend, 7)).status).toBe(400)
    expect((await say('GET', '/peer/v1/link', friend)).status).toBe(400)
    for (const method of ['PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE']) {
      for (const path of [`/peer/v1/services/${mesh}/echo/x`, `/peer/v1/capabilities/${mesh}/compute/x`]) {
        expect((await say(method, path, friend)).status, `${method} ${path}`).toBe(200)
        expect((await say(method, path, stranger)).status, `${method} ${path}`).toBe(403)
      }
    }

    const nonce = randomBytes(32)
    const ask = { name: 'x', os: 'test', protocol: 1, commitment: Buffer.from(joinCommitment(nonce)).toString('base64url') }
    // joins were turned down at this address before, so that the next has to wait
    const id = await eventually('its turn comes', async () => {
      return (JSON.parse((await say('POST', '/peer/v1/join', stranger, ask)).body) as { request?: string }).request
    })
    const revealed = await say('POST', `/peer/v1/join/${id}/reveal`, stranger, { nonce: nonce.toString('base64url') })
    expect(JSON.parse(revealed.body)).toMatchObject({ state: 'waiting', request: id })
    const steps = [
      ['POST', '/peer/v1/join', { ...ask, protocol: 99 }, 426],
      ['GET', `/peer/v1/join/${id}?wait=0`, undefined, 200],
      ['GET', `/peer/v1/join/${id}?wait=never`, undefined, 400],
      ['DELETE', `/peer/v1/join/${id}`, undefined, 200],
      ['DELETE', `/peer/v1/join/${id}?codesDiffer=perhaps`, undefined, 400],
      ['GET', '/peer/v1/join/none', undefined, 404],
      ['POST', '/peer/v1/join/none/reveal', {}, 400],
    ] as const
    for (const [method, path, body, status] of steps) expect((await say(method, path, stranger, body)).status, path).toBe(status)
    const unknown = await say('POST', '/peer/v1/join', stranger, { ...ask, commitment: undefined, invite: 'A'.repeat(22) })
    expect([404, 429]).toContain(unknown.status) // whoever has tried before has to wait
  })

  it('where another protocol takes over', async () => {
    const socket = new WebSocket(at('/services/any/any/echo/').href.replace('http:', 'ws:'))
    const [{ statusCode, headers }] = (await once(socket, 'upgrade')) as [IncomingMessage]
    socket.on('error', () => undefined).terminate()
    expect(check.problems('GET', '/services/any/any/echo/', { status: statusCode ?? 0, headers, body: '' })).toEqual([])
    const link = await upgrade(overTls('/peer/v1/link'), { dispatcher: agentOf(member.tls), protocol: 'fcn-link' })
    link.socket.destroy()
    expect(check.problems('GET', '/peer/v1/link', { status: 101, headers: link.headers, body: '' })).toEqual([])
  })

  it(`also with 900 inputs drawn at random (seed ${seed})`, { timeout: 120_000 }, async () => {
    const [friend, token] = [agentOf(member.tls), readControlToken(mia.data) ?? '']
    const draws: [requests: fc.Arbitrary<FuzzRequest>, base: string, dispatcher?: Agent][] = [
      [routerRequests(key), attic.url],
      [localRequests(token), mia.url],
      [peerRequests(), overTls('/').href, friend],
    ]
    for (const [requests, base, dispatcher] of draws) {
      for (const { method, path, headers, body } of fc.sample(requests, { numRuns: 300, seed })) {
        const url = new URL(path, base)
        // what no route takes is not described, and the way to this machine's network is not for tests
        if (spared.has(url.pathname.split('/').at(-1) ?? '') || !isAddress(method, url.pathname)) continue
        await expectDescribed(method, url, { headers, ...(body !== null && { body }), ...(dispatcher && { dispatcher }) })
      }
    }
  })

  it('and every operation has been asked, with a good and with a bad end', async () => {
    await accepted(mia)('identity.renew', { id: (await accepted(mia)('node.get', {})).id })
    await accepted(mia)('key.rotate', {})
    const operations = operationsIn(document)
    const without = (isEnd: (status: number) => boolean) =>
      operations.filter(({ operationId }) => ![...(check.seen.get(operationId) ?? [])].some(isEnd))
    // of the calls, those of the story have been accepted; one that was added since is asked, if not rightly
    const unanswered = without((status) => status < 400).filter(({ tags }) => !tags.includes('Local'))
    expect(unanswered.map(({ operationId }) => operationId)).toEqual([])
    expect(without((status) => status >= 400).map(({ operationId }) => operationId)).toEqual(['health'])
  })
})
