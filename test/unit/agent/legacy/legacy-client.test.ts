import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createLegacyClient } from '../../../../electron/agent/legacy/legacy-client.ts'
import { createDialGuard } from '../../../../electron/agent/support/dial-guard.ts'
import { systemClock } from '../../../../electron/agent/support/clock.ts'
import { startLegacyRouter } from '../../../fakes/legacy-router.ts'

const undo: (() => Promise<unknown>)[] = []
afterEach(async () => {
  while (undo.length > 0) await undo.pop()?.()
})

function client({ timeout = 2_000, ownPort = 1 } = {}) {
  const made = createLegacyClient(
    { clock: systemClock, guard: createDialGuard({ own: () => ({ port: ownPort, addresses: [] }) }) },
    { timeout },
  )
  undo.push(() => made.close())
  return made
}
async function legacy(options: Parameters<typeof startLegacyRouter>[0] = {}) {
  const router = await startLegacyRouter(options)
  undo.push(() => router.close())
  return router
}
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  undo.push(
    () =>
      new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      }),
  )
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
const { signal } = new AbortController()

describe('asking an old node', () => {
  it.each([false, true])('reads health, info and services (older build: %s)', async (older) => {
    const { url } = await legacy({ key: 'k', older })
    const legacyClient = client()
    expect((await legacyClient.health({ url, signal })).name).toBe(older ? undefined : 'old-nas')
    expect(await legacyClient.info({ url, key: 'k', signal })).toEqual({ name: 'old-nas', role: 'storage', version: '0.1.0' })
    expect(await legacyClient.services({ url, key: 'k', signal })).toEqual([
      { id: 'minio', name: 'minio', status: 'active' },
      { id: 'ollama', name: 'ollama', status: 'inactive' },
    ])
  })

  it('registers this node there', async () => {
    const router = await legacy({ key: 'k' })
    await client().register({ url: router.url, key: 'k', signal }, { nodeUrl: 'http://me:3000', nodeName: 'me', capabilities: ['ai'] })
    expect(router.registered).toMatchObject([{ url: 'http://me:3000', name: 'me', capabilities: ['ai'] }])
  })

  it('says when the key is wrong', async () => {
    const { url } = await legacy({ key: 'k' })
    await expect(client().info({ url, key: 'other', signal })).rejects.toMatchObject({ code: 'unauthorized' })
  })

  it('says when a pause is wanted, and for how long', async () => {
    const { url } = await legacy({ limit: 1 })
    await client().health({ url, signal })
    await expect(client().health({ url, signal })).rejects.toMatchObject({ code: 'too_many', details: { retryAfter: 900 } })
  })

  it.each<[string, RequestListener, string]>([
    ['something else', (_request, response) => response.end('<html>hello</html>'), 'bad_answer'],
    ['a redirect', (_request, response) => response.writeHead(302, { location: 'http://169.254.169.254/' }).end(), 'bad_answer'],
    ['an answer without end', (_request, response) => flood(response), 'bad_answer'],
    ['an answer byte by byte', (_request, response) => drip(response), 'timeout'],
    ['silence', () => undefined, 'timeout'],
    ['a closed connection', (request) => request.socket.destroy(), 'unreachable'],
  ])('does not take %s for an answer', async (_name, listener, code) => {
    const url = await serve(listener)
    await expect(client({ timeout: 300 }).health({ url, signal })).rejects.toMatchObject({ code })
  })

  it('says that nothing listens, and that a host does not exist', async () => {
    await expect(client().health({ url: 'http://127.0.0.1:1', signal })).rejects.toMatchObject({ code: 'own_address' })
    await expect(client({ ownPort: 3000 }).health({ url: 'http://127.0.0.1:1', signal })).rejects.toMatchObject({
      code: 'unreachable',
      message: 'Nothing listens at 127.0.0.1:1.',
    })
    await expect(client().health({ url: 'http://no-such-host.invalid', signal })).rejects.toMatchObject({ code: 'unreachable' })
  })

  it('never dials itself or a link-local address, not even through a name', async () => {
    const { url } = await legacy()
    const { port } = new URL(url)
    const own = client({ ownPort: Number(port) })
    await expect(own.health({ url: `http://localhost:${port}`, signal })).rejects.toMatchObject({ code: 'own_address' })
    await expect(own.health({ url: 'http://169.254.169.254', signal })).rejects.toMatchObject({ code: 'refused_address' })
  })
})

function flood(response: Parameters<RequestListener>[1]) {
  const more = () => {
    if (!response.destroyed) response.write('x'.repeat(65_536), more)
  }
  more()
}

function drip(response: Parameters<RequestListener>[1]) {
  const timer = setInterval(() => response.write(' '), 20)
  response.on('close', () => clearInterval(timer))
}
