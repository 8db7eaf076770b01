import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage, type RequestListener } from 'node:http'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { createGrantStore, grantsSchema } from '../../../../electron/agent/grants/grant-store.ts'
import { createGrants } from '../../../../electron/agent/grants/grants.ts'
import { createDialGuard } from '../../../../electron/agent/support/dial-guard.ts'
import { startBackend } from '../../../fakes/backend.ts'
import { createDirectTransport } from '../../../fakes/direct-transport.ts'
import { echo, send } from '../../../fakes/household.ts'
import { callingAs, member, meshId, service, startRouterNode } from '../../../fakes/router-node.ts'
import { createTestKey } from '../../../fakes/test-identity.ts'
import { soon } from '../../../support/soon.ts'

/** Anna's node with the service "box", and Ben, who is a member of her mesh; both with real ids and real grants. */
async function annasBox(listener: RequestListener) {
  const [mesh, anna, ben] = [createTestKey().id, createTestKey().id, createTestKey().id]
  const database = new DatabaseSync(':memory:')
  database.exec(grantsSchema)
  const grants = createGrants({ store: createGrantStore(database) })
  const backend = await startBackend(listener)
  const peers = [ben]
  const services = [service('box', backend.url)]
  const urls = new Map<string, string>()
  const transport = createDirectTransport(urls)
  const node = await startRouterNode({ id: anna, name: 'anna', mesh, transport, peers, members: [member(ben, 'ben')], services, grants })
  urls.set(anna, node.peerUrl)
  for (const stop of [backend.stop, node.stop, () => transport.stop()]) onTestFinished(stop)
  const box = `${node.peerUrl}/peer/v1/services/${mesh}/box`
  const ask = (headers: Record<string, string> = {}, url = `${box}/`) => send(url, { headers: { 'x-test-caller': ben, ...headers } })
  return { mesh, anna, ben, grants, peers, services, node, transport, box, ask }
}
/** However it ends. */
const closed = (end: IncomingMessage | WebSocket) => new Promise<void>((resolve) => end.once('close', () => resolve()))
const codeOf = ({ text }: { text: string }) => (JSON.parse(text) as { code: string }).code

describe('what a member may use', () => {
  it('is decided for every request, by its key, in the mesh it names', async () => {
    const { grants, mesh, ben, ask, node, anna } = await annasBox(echo)
    expect((await ask()).status).toBe(200)
    grants.except({ mesh, resource: 'service:box', peer: ben, allow: false })
    const refused = await ask()
    expect(refused.status).toBe(403)
    expect(JSON.parse(refused.text)).toMatchObject({
      code: 'not_granted',
      action: 'Ask the person who runs “anna” to allow it.',
      details: { owner: { id: anna, name: 'anna' }, resource: 'service:box' },
    })
    grants.except({ mesh, resource: 'service:box', peer: ben, allow: true })
    grants.set({ mesh, resource: '*', rule: 'nobody' })
    expect((await ask()).status).toBe(200)
    expect(codeOf(await ask({}, `${node.peerUrl}/peer/v1/capabilities/${mesh}/ai/`))).toBe('not_granted')
    expect(codeOf(await ask({}, `${node.peerUrl}/peer/v1/services/${mesh}/elsewhere/`))).toBe('not_granted')
  })

  it('does not depend on anything it writes', async () => {
    const { grants, mesh, anna, ben, ask, box } = await annasBox(echo)
    grants.set({ mesh, resource: 'service:box', rule: 'nobody' })
    const lies: Record<string, string>[] = [
      { 'x-forwarded-for': '127.0.0.1', 'x-forwarded-host': 'localhost', 'x-real-ip': '127.0.0.1', forwarded: 'for=127.0.0.1;by=anna' },
      { 'x-fcn-caller': anna, 'x-fcn-node': anna, 'x-fcn-path': 'local' },
      { via: `1.1 fcn-${ben}`, 'x-request-id': 'granted' },
      { host: 'localhost', origin: 'http://localhost', authorization: 'Bearer the-api-key-of-this-node' },
      { 'x-original-url': '/services/any/any/box/', 'x-rewrite-url': '/services/any/any/box/', 'x-http-method-override': 'GET' },
    ]
    for (const lie of lies) expect([lie, codeOf(await ask(lie))]).toEqual([lie, 'not_granted'])
    for (const path of ['/x/../', '/%2e%2e/', '//', '/..;/'].map((rest) => box + rest)) {
      expect(['not_granted', 'invalid_input']).toContain(codeOf(await ask({}, path)))
    }
    const other = createTestKey().id
    expect(codeOf(await ask({ 'x-test-caller': other, 'x-fcn-caller': ben }))).toBe('not_member')
  })

  it('reaches the service with the caller’s true id and none of its claims about addresses', async () => {
    const { ask, ben } = await annasBox(echo)
    const { text } = await ask({ 'x-fcn-caller': 'somebody else', 'x-forwarded-for': '127.0.0.1', forwarded: 'for=127.0.0.1' })
    const { headers } = JSON.parse(text) as { headers: Record<string, string> }
    expect(headers['x-fcn-caller']).toBe(ben)
    expect(headers).not.toHaveProperty('x-forwarded-for')
    expect(headers).not.toHaveProperty('forwarded')
  })

  it('is refused with one audit line per peer, thing and reason; strangers are counted apart', async () => {
    const { grants, mesh, ben, ask, node } = await annasBox(echo)
    grants.set({ mesh, resource: '*', rule: 'nobody' })
    for (let turn = 0; turn < 3; turn++) await ask()
    for (let turn = 0; turn < 5; turn++)
      await ask({ 'x-test-caller': createTestKey().id }, `${node.peerUrl}/peer/v1/services/${mesh}/made-up-${turn}/`)
    await node.router.stop()
    expect(node.audit).toEqual([
      {
        action: 'service.used',
        actor: 'ben',
        actorId: ben,
        subject: 'box',
        subjectId: 'box',
        outcome: 'refused',
        details: { requests: 3, code: 'not_granted' },
      },
    ])
    expect(node.refusals.lines.map(({ action, details }) => [action, details['code']])).toEqual(
      Array.from({ length: 5 }, () => ['request.refused', 'not_member']),
    )
  })
})

describe('what is under way', () => {
  const endless: RequestListener = (_request, response) => {
    const timer = setInterval(() => response.write('more\n'), 20)
    response.on('close', () => clearInterval(timer))
  }

  type House = Awaited<ReturnType<typeof annasBox>>
  const takenAway: [string, (house: House) => void][] = [
    ['the grant is taken away', ({ grants, mesh }) => void grants.set({ mesh, resource: 'service:box', rule: 'nobody' })],
    [
      'the node is expelled',
      ({ peers, ben, node }) => {
        peers.pop()
        node.expelled.emit(ben)
      },
    ],
    [
      'the service is unshared',
      ({ services, node }) => {
        services.pop()
        node.servicesChanged.emit()
      },
    ],
  ]

  it.each(takenAway)('ends within a second when %s, at the caller and at the service', async (_what, takeAway) => {
    let ended = () => undefined as void
    const serviceEnded = new Promise<void>((resolve) => (ended = resolve))
    const house = await annasBox((request, response) => {
      response.on('close', ended)
      endless(request, response)
    })
    const request = httpRequest(`${house.box}/`, { headers: { 'x-test-caller': house.ben } }).end()
    const [answer] = (await once(request, 'response')) as [IncomingMessage]
    await once(answer, 'data')
    answer.on('error', () => undefined).resume()
    const begun = performance.now()
    takeAway(house)
    await soon(Promise.all([closed(answer), serviceEnded]))
    expect(performance.now() - begun).toBeLessThan(1_000)
    expect(answer.complete).toBe(false)
    expect((await house.ask()).status).toBeGreaterThanOrEqual(403)
  })

  it.each(takenAway)('ends, as an open WebSocket, when %s', async (_what, takeAway) => {
    const house = await annasBox(() => undefined)
    const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' })
    onTestFinished(() => sockets.close())
    await once(sockets, 'listening')
    const { port } = sockets.address() as { port: number }
    house.services[0] = service('box', `http://127.0.0.1:${port}`)
    sockets.on('connection', (peer) => peer.send('hello'))
    const socket = new WebSocket(`${house.box.replace('http', 'ws')}/`, { headers: { 'x-test-caller': house.ben } })
    socket.on('error', () => undefined)
    await soon(once(socket, 'message'))
    const begun = performance.now()
    takeAway(house)
    await soon(closed(socket))
    await expect.poll(() => sockets.clients.size).toBe(0)
    expect(performance.now() - begun).toBeLessThan(1_000)
  })

  it('goes on for everybody whose rights have not changed', async () => {
    const house = await annasBox(endless)
    const request = httpRequest(`${house.box}/`, { headers: { 'x-test-caller': house.ben } }).end()
    const [answer] = (await once(request, 'response')) as [IncomingMessage]
    house.grants.except({ mesh: house.mesh, resource: 'service:box', peer: house.ben, allow: true })
    house.grants.set({ mesh: house.mesh, resource: '*', rule: 'nobody' })
    await once(answer, 'data')
    await once(answer, 'data')
    expect(answer.destroyed).toBe(false)
    answer.destroy()
  })
})

describe('a program that asks any node', () => {
  it('is served by one that grants it, and told who to ask when none does', async () => {
    const house = await annasBox(echo)
    const members = [member(house.anna, 'anna', { services: [{ id: 'box', name: 'Box', status: 'active' }], meshId: house.mesh })]
    const ben = await startRouterNode({
      id: house.ben,
      name: 'ben',
      mesh: house.mesh,
      transport: callingAs(house.ben, house.transport),
      members,
    })
    onTestFinished(ben.stop)
    house.grants.set({ mesh: house.mesh, resource: '*', rule: 'nobody' })
    const answer = await send(`${ben.url}/services/any/any/box/`)
    expect(answer.status).toBe(403)
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'not_granted', details: { owner: { name: 'anna' } } })
    expect(answer.headers['x-fcn-error']).toBe('not_granted')
  })

  it('needs the key when its user wants that, which the service never sees', async () => {
    const backend = await startBackend(echo)
    const node = await startRouterNode({
      id: createTestKey().id,
      name: 'me',
      transport: createDirectTransport(new Map()),
      services: [service('box', backend.url)],
      localUseNeedsKey: true,
    })
    for (const stop of [backend.stop, node.stop]) onTestFinished(stop)
    const url = `${node.url}/services/any/any/box/`
    expect(codeOf(await send(url))).toBe('unauthorized')
    const socket = new WebSocket(url.replace('http', 'ws')).on('error', () => undefined)
    const [, declined] = (await soon(once(socket, 'unexpected-response'))) as [unknown, IncomingMessage]
    expect(declined.statusCode).toBe(401)
    socket.terminate()
    const answer = await send(url, { headers: { 'x-api-key': 'the-api-key-of-this-node', authorization: 'Bearer of-the-service' } })
    expect(answer.status).toBe(200)
    const { headers } = JSON.parse(answer.text) as { headers: Record<string, string> }
    expect(headers).not.toHaveProperty('x-api-key')
    expect(headers['authorization']).toBe('Bearer of-the-service')
  })
})

describe('a service whose name leads to this node itself', () => {
  it('is not reached, by requests nor upgrades, so that no peer comes in as a program of this machine', async () => {
    let reached = 0
    const self = await startBackend((_request, response) => response.end(String(++reached)))
    const port = Number(new URL(self.url).port)
    const guard = createDialGuard({
      own: () => ({ port, addresses: [] }),
      lookup: (_name, _options, answer) => answer(null, [{ address: '127.0.0.1', family: 4 }]),
    })
    const ben = createTestKey().id
    const node = await startRouterNode({
      id: createTestKey().id,
      name: 'me',
      transport: createDirectTransport(new Map()),
      peers: [ben],
      services: [service('trick', `http://rebound.example:${port}`), service('meta', 'http://169.254.169.254')],
      guard,
    })
    for (const stop of [self.stop, node.stop]) onTestFinished(stop)
    const at = (name: string) => `${node.peerUrl}/peer/v1/services/${meshId}/${name}/`
    const headers = { 'x-test-caller': ben }
    expect(codeOf(await send(at('trick'), { headers }))).toBe('own_address')
    expect(codeOf(await send(at('meta'), { headers }))).toBe('refused_address')
    const socket = new WebSocket(at('trick').replace('http', 'ws'), { headers }).on('error', () => undefined)
    const [, declined] = (await soon(once(socket, 'unexpected-response'))) as [unknown, IncomingMessage]
    expect(declined.headers['x-fcn-error']).toBe('own_address')
    socket.terminate()
    expect(reached).toBe(0)
  })
})
