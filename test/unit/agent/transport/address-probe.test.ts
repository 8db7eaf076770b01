import { createServer, type RequestListener } from 'node:http'
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Identity } from '../../../../electron/agent/components.ts'
import { createAddressProbe } from '../../../../electron/agent/transport/address-probe.ts'
import { createDialGuard } from '../../../../electron/agent/support/dial-guard.ts'
import { startLegacyRouter } from '../../../fakes/legacy-router.ts'
import { createTestIdentity } from '../../../fakes/test-identity.ts'
import { createTlsNode } from '../../../fakes/tls-node.ts'

const [ours, theirs] = await Promise.all([createTestIdentity(), createTestIdentity()])
const check = (url: string, limit = 3_000) => createAddressProbe({ identity: ours }, { limit }).check(url, AbortSignal.timeout(10_000))

async function node(identity: Identity, answer: unknown) {
  const { port, close } = await createTlsNode(identity, (app) => app.get('/peer/v1/hello', async () => answer))
  onTestFinished(close)
  return `http://127.0.0.1:${port}`
}

async function listening(server: Server): Promise<string> {
  const sockets = new Set<{ destroy(): unknown }>()
  server.on('connection', (socket) => sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
const web = (listener: RequestListener) => listening(createServer(listener))
const json = (value: unknown) => web((_request, response) => response.end(JSON.stringify(value)))
const hello = { id: theirs.id, name: 'ben', version: '0.1.0', protocol: 1 }

describe('what answers at an address', () => {
  it('is one of our nodes, with its name', async () => {
    const url = await node(theirs, hello)
    expect(await check(url)).toEqual({ url, kind: 'node', node: { id: theirs.id, name: 'ben' }, problem: null })
  })

  it('is this node itself', async () => {
    expect(await check(await node(ours, { ...hello, id: ours.id }))).toMatchObject({ kind: 'node', problem: { code: 'own_address' } })
  })

  it('is our own key with the instance that it says, so that a copy of this node shows', async () => {
    const met: (string | undefined)[] = []
    const probe = createAddressProbe({ identity: ours, onOwnKey: (instance) => void met.push(instance) })
    const instance = 'A'.repeat(22)
    for (const url of [await node(ours, { ...hello, id: ours.id, instance }), await node(theirs, { ...hello, instance })]) {
      await probe.check(url, AbortSignal.timeout(10_000))
    }
    expect(met).toEqual([instance])
  })

  it('is not believed when it claims the id of another', async () => {
    expect(await check(await node(theirs, { ...hello, id: ours.id }))).toMatchObject({ kind: 'other', problem: { code: 'not_a_node' } })
    expect(await check(await node(theirs, { ...hello, name: 'x'.repeat(1_000_000) }))).toMatchObject({ kind: 'other' })
  })

  it('is an old node', async () => {
    expect(await check(await json({ status: 'ok', timestamp: '2026-01-01T00:00:00Z' }))).toMatchObject({ kind: 'legacy', problem: null })
    expect(await check(await json({ status: 'ok', node: 'attic' }))).toMatchObject({ kind: 'legacy' })
  })

  it('is something else', async () => {
    expect(await check(await json({ hello: 'world' }))).toMatchObject({ kind: 'other', problem: { code: 'not_a_node' } })
    expect(await check(await web((_request, response) => response.end('<html>')))).toMatchObject({ kind: 'other' })
    const shouting = createTcpServer((socket) => socket.on('error', () => undefined).end('220 mail.example ESMTP\r\n'))
    expect(await check(await listening(shouting))).toMatchObject({ kind: 'other' })
    const moved = await web((_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end())
    expect(await check(moved)).toMatchObject({ kind: 'other' })
  })

  it('is nothing', async () => {
    const server = createTcpServer()
    const url = await listening(server)
    await new Promise((resolve) => server.close(resolve))
    expect(await check(url)).toEqual({ url, kind: 'none', node: null, problem: expect.objectContaining({ code: 'unreachable' }) })
    expect(await check('http://no-such-host.invalid')).toMatchObject({ kind: 'none', problem: { code: 'unreachable' } })
  })

  it('is told to be slow when it answers byte by byte, or never ends', async () => {
    const slow = await web((_request, response) => {
      const timer = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(timer))
    })
    const begun = Date.now()
    expect(await check(slow, 300)).toMatchObject({ kind: 'other', problem: { code: 'timeout' } })
    const mute = createTcpServer((socket) => socket.on('error', () => undefined))
    expect(await check(await listening(mute), 300)).toMatchObject({ kind: 'other', problem: { code: 'timeout' } })
    expect(Date.now() - begun).toBeLessThan(3_000)
  })

  it('is not looked at when the address is no address or never used', async () => {
    await expect(check('ftp://nas')).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(check('169.254.169.254')).rejects.toMatchObject({ code: 'refused_address' })
  })
})

describe('with plain HTTP switched off, or leading back here', () => {
  const probe = (url: string, more: object) => createAddressProbe({ identity: ours, ...more }).check(url, AbortSignal.timeout(10_000))

  it('a legacy node is not asked plainly, and the person is told why', async () => {
    const legacy = await startLegacyRouter()
    onTestFinished(() => legacy.close())
    expect(await probe(legacy.url, { mayAskPlainly: () => false })).toMatchObject({ kind: 'other', problem: { code: 'encrypted_only' } })
    expect(legacy.requests).toEqual([])
    expect(await probe(legacy.url, { mayAskPlainly: () => true })).toMatchObject({ kind: 'legacy' })
  })

  it('a name that leads to this node once it is asked plainly is not asked', async () => {
    const legacy = await startLegacyRouter()
    onTestFinished(() => legacy.close())
    const guard = createDialGuard({ own: () => ({ port: Number(new URL(legacy.url).port), addresses: [] }) })
    expect(await probe(legacy.url, { guard })).toMatchObject({ problem: { code: 'own_address' } })
    expect(legacy.requests).toEqual([])
  })
})
