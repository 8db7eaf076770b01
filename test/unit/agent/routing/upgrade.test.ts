import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { type Clock, systemClock } from '../../../../electron/agent/support/clock.ts'
import { createDirectTransport } from '../../../fakes/direct-transport.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'
import { callingAs, member, nodeA, nodeB, service, startRouterNode } from '../../../fakes/router-node.ts'
import { soon } from '../../../support/soon.ts'
import { turns } from '../../../support/turns.ts'

/** A program's node A, a peer B with the service "chat", and a WebSocket server behind it. */
async function household(clock: Clock = systemClock) {
  const server = createServer((_request, response) => response.writeHead(401).end())
  const heard: IncomingHttpHeaders[] = []
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'spoken' })
  server.on('upgrade', (request, socket, head) => {
    if (request.url === '/declined') socket.end('HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n')
    else if (request.url === '/dies') socket.destroy()
    else if (request.url === '/silent') heard.push(request.headers)
    else sockets.handleUpgrade(request, socket, head, (peer) => sockets.emit('connection', peer, request))
  })
  sockets.on('connection', (peer, request) => {
    peer.on('error', () => undefined)
    peer.send(JSON.stringify({ url: request.url, caller: request.headers['x-fcn-caller'] }))
    peer.on('message', (data, binary) => peer.send(data, { binary }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const urls = new Map<string, string>()
  const transport = createDirectTransport(urls)
  const b = await startRouterNode({
    id: nodeB,
    name: 'mini',
    transport,
    peers: [nodeA],
    members: [],
    services: [service('chat', url)],
    clock,
  })
  const members = [member(nodeB, 'mini', { services: [{ id: 'chat', name: 'Chat', status: 'active' }] })]
  const a = await startRouterNode({ id: nodeA, name: 'desk', transport: callingAs(nodeA, transport), members, clock })
  urls.set(nodeB, b.peerUrl)
  const stopServer = async () => {
    for (const peer of sockets.clients) peer.terminate()
    server.closeAllConnections()
    server.close()
  }
  for (const stop of [stopServer, b.stop, a.stop, () => transport.stop()]) onTestFinished(stop)
  return { a, b, sockets, heard, chat: `${a.url.replace('http', 'ws')}/services/any/mini/chat` }
}

const ended = (socket: WebSocket): Promise<string> => new Promise((resolve) => socket.once('close', () => resolve('ended')))

describe('a WebSocket', () => {
  it('goes through both nodes to the service and back, small and large, text and binary', async () => {
    const { chat } = await household()
    const socket = new WebSocket(`${chat}/room?x=1`, ['spoken'])
    const [first] = (await soon(once(socket, 'message'))) as [Buffer]
    expect(JSON.parse(first.toString())).toEqual({ url: '/room?x=1', caller: nodeA })
    expect(socket.protocol).toBe('spoken')
    for (const message of [Buffer.from('hello'), Buffer.alloc(4 * 1024 * 1024, 7)]) {
      socket.send(message)
      const [answer] = (await soon(once(socket, 'message'))) as [Buffer]
      expect(answer.equals(message)).toBe(true)
    }
    socket.close(1000)
    const [code] = (await soon(once(socket, 'close'))) as [number]
    expect(code).toBe(1000)
  })

  it('ends at the service when the program leaves', async () => {
    const { chat, sockets } = await household()
    const connected = once(sockets, 'connection')
    const socket = new WebSocket(chat).on('error', () => undefined)
    const [peer] = (await soon(connected)) as [WebSocket]
    await soon(once(socket, 'message'))
    socket.terminate()
    expect(await soon(ended(peer))).toBe('ended')
  })

  it('ends at the program when the service dies', async () => {
    const { chat, sockets } = await household()
    const socket = new WebSocket(chat).on('error', () => undefined)
    await soon(once(socket, 'message'))
    for (const peer of sockets.clients) peer.terminate()
    expect(await soon(ended(socket))).toBe('ended')
  })

  it('that is given up before it stands leaves nothing behind', async () => {
    const { chat, a, sockets } = await household()
    for (let turn = 0; turn < 60; turn++) {
      const socket = new WebSocket(chat).on('error', () => undefined)
      await turns(turn % 12)
      socket.terminate()
    }
    await soon(a.router.stop())
    await expect.poll(() => sockets.clients.size, { timeout: 3_000 }).toBe(0)
  })

  it('ends when the node stops', async () => {
    const { chat, a } = await household()
    const socket = new WebSocket(chat).on('error', () => undefined)
    await soon(once(socket, 'message'))
    const closed = ended(socket)
    await soon(a.router.stop())
    expect(await soon(closed)).toBe('ended')
  })

  it.each([
    ['declined', 401],
    ['dies', 502],
  ])('that a service answers with “%s” is refused with status %i', async (path, status) => {
    const { chat } = await household()
    const socket = new WebSocket(`${chat}/${path}`).on('error', () => undefined)
    const [, answer] = (await soon(once(socket, 'unexpected-response'))) as [unknown, { statusCode: number }]
    expect(answer.statusCode).toBe(status)
    socket.terminate()
  })

  it('is waited for as long as its caller says, at every node on the way', async () => {
    const clock = createFakeClock()
    const { chat, heard } = await household(clock)
    const socket = new WebSocket(`${chat}/silent`, { headers: { 'x-fcn-timeout': '90000' } }).on('error', () => undefined)
    await expect.poll(() => heard.length).toBe(1)
    void clock.advance(90_000)
    const [, answer] = (await soon(once(socket, 'unexpected-response'))) as [unknown, IncomingMessage]
    expect(answer.statusCode).toBe(504)
    expect(answer.headers).toMatchObject({ 'x-fcn-error': 'timeout' })
    expect(answer.headers).not.toHaveProperty('x-fcn-executed') // the service has seen it
    expect(Number(heard[0]?.['x-fcn-timeout'])).toBeLessThanOrEqual(90_000)
    socket.terminate()
  })

  it('may last longer than its caller was ready to wait for it', async () => {
    const clock = createFakeClock()
    const { chat } = await household(clock)
    const socket = new WebSocket(chat, { headers: { 'x-fcn-timeout': '200' } })
    await soon(once(socket, 'message'))
    await clock.advance(86_400_000)
    socket.send('still here')
    expect(String(((await soon(once(socket, 'message'))) as [Buffer])[0])).toBe('still here')
    socket.terminate()
  })

  it('is refused when its time is no number', async () => {
    const { chat } = await household()
    const socket = new WebSocket(chat, { headers: { 'x-fcn-timeout': 'soon' } }).on('error', () => undefined)
    const [, answer] = (await soon(once(socket, 'unexpected-response'))) as [unknown, IncomingMessage]
    expect([answer.statusCode, answer.headers['x-fcn-executed']]).toEqual([400, 'no'])
    socket.terminate()
  })

  it('from a web page elsewhere is refused', async () => {
    const { chat } = await household()
    const socket = new WebSocket(chat, { origin: 'https://evil.example' }).on('error', () => undefined)
    const [, answer] = (await soon(once(socket, 'unexpected-response'))) as [unknown, { statusCode: number }]
    expect(answer.statusCode).toBe(403)
    socket.terminate()
  })
})

describe('an upgrade', () => {
  it('to anything but WebSocket is refused', async () => {
    const { a } = await household()
    const socket = connect(Number(new URL(a.url).port), '127.0.0.1')
    socket.write('GET /services/any/mini/chat/ HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n')
    const [chunk] = (await soon(once(socket, 'data'))) as [Buffer]
    expect(chunk.toString()).toMatch(/^HTTP\/1\.1 400 [^]*"code":"invalid_input"/u)
    socket.destroy()
  })

  it('at an address that is not the router’s is left to others', async () => {
    const { a } = await household()
    const socket = new WebSocket(`${a.url.replace('http', 'ws')}/elsewhere`).on('error', () => undefined)
    expect(await soon(ended(socket))).toBe('ended')
  })
})
