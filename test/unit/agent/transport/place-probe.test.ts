import { createServer, type RequestListener } from 'node:http'
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createPlaceProbe } from '../../../../electron/agent/transport/place-probe.ts'
import { createDialGuard } from '../../../../electron/agent/support/dial-guard.ts'
import { createTestIdentity } from '../../../fakes/test-identity.ts'
import { createTlsNode } from '../../../fakes/tls-node.ts'

const [theirs, stranger] = await Promise.all([createTestIdentity(), createTestIdentity()])

function ask(url: string, { limit = 3_000, plainly = true, signal = AbortSignal.timeout(10_000) } = {}) {
  return createPlaceProbe({ guard: createDialGuard(), mayAskPlainly: () => plainly }, { limit }).ask(theirs.id, url, signal)
}

async function listening(server: Server): Promise<string> {
  const sockets = new Set<{ destroy(): unknown }>()
  server.on('connection', (socket) => sockets.add(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`
}
const web = (listener: RequestListener) => listening(createServer(listener))
const leading = (location: string) => web((_request, response) => response.writeHead(302, { location }).end('moved'))

describe('where a peer should be', () => {
  it('the peer answers, or another key', async () => {
    const node = await createTlsNode(theirs, () => undefined)
    const other = await createTlsNode(stranger, () => undefined)
    onTestFinished(async () => void (await Promise.all([node.close(), other.close()])))
    expect(await ask(node.url)).toEqual({ kind: 'peer' })
    expect(await ask(other.url)).toEqual({ kind: 'stranger', key: stranger.id })
  })

  it('what answers learns nothing of this node: no certificate, no name, one plain question', async () => {
    const shown: unknown[] = []
    const { key, cert } = stranger.tls
    // of TLS 1.2, where the server has seen everything before the client is done
    const server = createTlsServer({ key, cert, maxVersion: 'TLSv1.2', requestCert: true, rejectUnauthorized: false }, (socket) => {
      shown.push(socket.getPeerX509Certificate())
      socket.on('data', (chunk) => shown.push(chunk))
    })
    expect(await ask(await listening(server))).toMatchObject({ kind: 'stranger' })
    const said: string[] = []
    const url = await web((request, response) => {
      said.push(`${request.method} ${request.url} ${Object.keys(request.headers).toSorted().join()}`)
      response.end('hello')
    })
    await ask(url)
    expect(shown).toEqual([undefined])
    expect(said).toEqual(['GET / connection,host'])
  })

  it('a page leads to another host', async () => {
    expect(await ask(await leading('http://login.cafe.example/start?for=you'))).toEqual({ kind: 'redirect', host: 'login.cafe.example' })
  })

  it('a page is just a page: the same one has the same hash, also when it leads to itself or nowhere', async () => {
    const one = await ask(await web((_request, response) => response.end('welcome')))
    const two = await ask(await web((_request, response) => response.end('welcome')))
    expect(one).toMatchObject({ kind: 'page' })
    expect(two).toEqual(one)
    for (const location of ['/login', 'javascript:alert(1)', 'http://', '//']) {
      expect(await ask(await leading(location)), location).toMatchObject({ kind: 'page' })
    }
  })

  it('the network says by status 511 that one has to sign in', async () => {
    expect(await ask(await web((_request, response) => response.writeHead(511).end('sign in')))).toEqual({ kind: 'sign-in' })
  })

  it('nothing counts that is silent, refuses, has no end or makes no sense', async () => {
    const silent = await listening(createTcpServer())
    const closed = 'https://127.0.0.1:9'
    const endless = await web((_request, response) => {
      response.on('error', () => undefined)
      const more = () => void (response.writable && response.write('x'.repeat(16_384), more))
      more()
    })
    const nonsense = await listening(createTcpServer((socket) => socket.on('error', () => undefined).end('nonsense\r\n\r\n')))
    for (const url of [silent, closed, endless, nonsense, 'https://169.254.169.254:80', 'what?']) {
      expect(await ask(url, { limit: 500 }), url).toEqual({ kind: 'nothing' })
    }
  })

  it('nothing is asked plainly when only encrypted peers are wanted', async () => {
    let asked = 0
    const url = await web((_request, response) => {
      asked += 1
      response.end()
    })
    expect(await ask(url, { plainly: false })).toEqual({ kind: 'nothing' })
    expect(asked).toBe(0)
  })

  it('the look ends with its caller', async () => {
    const silent = await listening(createTcpServer())
    expect(await ask(silent, { limit: 60_000, signal: AbortSignal.abort(new Error('gone')) })).toEqual({ kind: 'nothing' })
  })
})
