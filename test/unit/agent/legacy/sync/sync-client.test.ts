import type { RequestListener } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createSyncClient } from '../../../../../electron/agent/legacy/sync/sync-client.ts'
import { systemClock } from '../../../../../electron/agent/support/clock.ts'
import { createDialGuard } from '../../../../../electron/agent/support/dial-guard.ts'
import { maxMeshFile, type MeshFile } from '../../../../../electron/contract/mesh-file.ts'
import { startSyncHub } from '../../../../fakes/sync-hub.ts'

const ours: MeshFile = { meshName: 'Home', nodes: [{ id: 'me', name: 'me' }] }
const { signal } = new AbortController()

async function bench({ timeout = 5_000, ownPort = 1 } = {}) {
  const hub = await startSyncHub({ file: { nodes: [{ id: 'nas', name: 'nas', rack: 7 }] } })
  const client = createSyncClient(
    { clock: systemClock, guard: createDialGuard({ own: () => ({ port: ownPort, addresses: [] }) }) },
    { timeout },
  )
  onTestFinished(async () => {
    await client.close()
    await hub.close()
  })
  return { hub, client, sync: (token = 'the-token') => client.exchange({ url: hub.url, token, signal }, ours) }
}

const status =
  (code: number, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) =>
    response.writeHead(code, headers).end('{"error":"something of the hub"}')

const flood: RequestListener = (_request, response) => {
  const more = () => {
    if (!response.destroyed) response.write(' '.repeat(65_536), more)
  }
  more()
}

const drip: RequestListener = (_request, response) => {
  const timer = setInterval(() => response.write(' '), 20)
  response.on('close', () => clearInterval(timer))
}

describe('syncing to a hub', () => {
  it('posts the mesh.json with the token as Bearer, and gives the merged one with fields nobody here knows', async () => {
    const { hub, sync } = await bench()
    const merged = await sync()
    expect(merged.nodes).toEqual([
      { id: 'nas', name: 'nas', rack: 7 },
      { id: 'me', name: 'me' },
    ])
    expect(hub.requests).toEqual([{ call: 'POST /api/mesh/sync', authorization: 'Bearer the-token', body: JSON.stringify(ours) }])
  })

  it('says when the token is wrong', async () => {
    const { sync } = await bench()
    await expect(sync('another')).rejects.toMatchObject({ code: 'unauthorized' })
  })

  it.each<[string, RequestListener, string]>([
    ['an older node that cannot sync', status(404), 'not_found'],
    ['a hub that takes encrypted connections only', status(403), 'encrypted_only'],
    ['a hub that wants a pause', status(429, { 'retry-after': '77' }), 'too_many'],
    ['a hub to which the file is too large', status(413), 'too_large'],
    ['a hub that breaks', status(500), 'bad_answer'],
    ['a redirect', status(307, { location: 'http://127.0.0.1:1/' }), 'bad_answer'],
    ['a web page', (_request, response) => response.end('<html>sign in</html>'), 'bad_answer'],
    ['another document', (_request, response) => response.end('{"nodes":"many"}'), 'bad_answer'],
    ['more nodes than there may be', (_request, response) => response.end(JSON.stringify({ nodes: tooMany })), 'bad_answer'],
    ['an answer without end', flood, 'bad_answer'],
    ['a closed connection', (request) => request.socket.destroy(), 'unreachable'],
  ])('takes %s for what it is', async (_name, instead, code) => {
    const { hub, sync } = await bench()
    hub.instead = instead
    const error: unknown = await sync().catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code })
    expect(String(error)).not.toContain('something of the hub')
    expect(hub.requests).toHaveLength(1)
  })

  it.each<[string, RequestListener]>([
    ['an answer byte by byte', drip],
    ['silence', () => undefined],
  ])('waits for %s only so long', async (_name, instead) => {
    const { hub, sync } = await bench({ timeout: 200 })
    hub.instead = instead
    await expect(sync()).rejects.toMatchObject({ code: 'timeout' })
  })

  it('follows no redirect, so that the token goes nowhere else', async () => {
    const { hub, sync } = await bench()
    const other = await bench()
    hub.instead = status(307, { location: `${other.hub.url}/api/mesh/sync` })
    await expect(sync()).rejects.toMatchObject({ code: 'bad_answer', message: expect.stringContaining('elsewhere') as string })
    expect(other.hub.requests).toEqual([])
  })

  it('ends at once when it is aborted', async () => {
    const { hub, client } = await bench({ timeout: 60_000 })
    const abort = new AbortController()
    hub.instead = () => abort.abort(new Error('enough'))
    await expect(client.exchange({ url: hub.url, token: 'the-token', signal: abort.signal }, ours)).rejects.toMatchObject({
      code: 'unreachable',
    })
  })

  it('sends nothing larger than a hub takes', async () => {
    const { hub, client } = await bench()
    const large = { nodes: [], notes: 'x'.repeat(maxMeshFile) }
    await expect(client.exchange({ url: hub.url, token: 'the-token', signal }, large)).rejects.toMatchObject({ code: 'too_large' })
    expect(hub.requests).toEqual([])
  })

  it('never dials this node or a link-local address, not even through a name', async () => {
    const { hub } = await bench()
    const port = Number(new URL(hub.url).port)
    const { client } = await bench({ ownPort: port })
    const to = (url: string) => client.exchange({ url, token: 'the-token', signal }, ours)
    await expect(to(`http://localhost:${port}`)).rejects.toMatchObject({ code: 'own_address' })
    await expect(to('http://169.254.169.254')).rejects.toMatchObject({ code: 'refused_address' })
    expect(hub.requests).toEqual([])
  })
})

const tooMany = Array.from({ length: 1001 }, (_, index) => ({ id: `n${index}`, name: 'n' }))
