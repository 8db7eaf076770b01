import { timingSafeEqual } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createHealth } from '../../../../../electron/agent/health.ts'
import type { FastifyInstance } from 'fastify'
import * as fc from 'fast-check'
import { createApp } from '../../../../../electron/agent/api/app.ts'
import { createFailedAttempts } from '../../../../../electron/agent/api/failed-attempts.ts'
import { createCallers } from '../../../../../electron/agent/api/caller.ts'
import { createMetrics } from '../../../../../electron/agent/api/router-api/metrics.ts'
import { routerApi } from '../../../../../electron/agent/api/router-api/plugin.ts'
import type { AuditLog, Caller, Member } from '../../../../../electron/agent/components.ts'
import { createLegacyClient } from '../../../../../electron/agent/legacy/legacy-client.ts'
import { createLegacyPeers } from '../../../../../electron/agent/legacy/legacy-peers.ts'
import { createLegacyStore, legacySchema } from '../../../../../electron/agent/legacy/legacy-store.ts'
import { createMeshFiles } from '../../../../../electron/agent/legacy/mesh-files.ts'
import { createDialGuard } from '../../../../../electron/agent/support/dial-guard.ts'
import { systemRandom } from '../../../../../electron/agent/support/random.ts'
import { createFakeClock, type FakeClock } from '../../../../fakes/fake-clock.ts'
import { createKeptLog } from '../../../../fakes/kept-log.ts'
import { createKeptRefusals } from '../../../../fakes/kept-refusals.ts'
import { createMemorySettings } from '../../../../fakes/memory-settings.ts'
import { createMemoryServices } from '../../../../fakes/memory-services.ts'

const key = 'the-generated-key'
const id = 'K7QDM3X-WPA4HNU-5SYB2RC-TJE6LQZ'
let app: FastifyInstance
let clock: FakeClock
let audited: Parameters<AuditLog['record']>[0][]
let refusals: ReturnType<typeof createKeptRefusals>
let usedFrom: string[]
const undo: (() => unknown)[] = []

const member: Member = {
  meshId: 'm',
  nodeId: 'B',
  role: 'member',
  admittedBy: { id: 'm', name: 'Home' },
  introducedBy: { id: 'm', name: 'Home' },
  ...{ hub: false, via: [], removed: null },
  name: 'laptop',
  addresses: ['https://192.168.1.9:3000'],
  capabilities: [
    { name: 'ai', state: 'ready' },
    { name: 'storage', state: 'off' },
  ],
  services: [],
  version: '1',
  os: 'linux',
  state: 'online',
  lastSeen: Date.parse('2026-01-01T00:00:00Z'),
  ...{ resources: null, refused: [] },
}

beforeEach(async () => {
  clock = createFakeClock()
  audited = []
  usedFrom = []
  refusals = createKeptRefusals()
  const database = new DatabaseSync(':memory:')
  database.exec(legacySchema)
  const log = createKeptLog()
  const own = () => ({ port: 3000, addresses: ['192.168.1.5'] })
  const client = createLegacyClient({ clock, guard: createDialGuard({ own }) })
  undo.push(() => client.close())
  const self = () => ({
    name: 'me',
    addresses: ['https://192.168.1.5:3000'],
    capabilities: [{ name: 'storage', state: 'ready' as const }],
    services: [],
    version: '1.2.3',
    os: 'linux',
  })
  const legacyPeers = createLegacyPeers({
    store: createLegacyStore(database),
    client,
    health: createHealth({ clock }),
    settings: createMemorySettings(),
    clock,
    random: systemRandom,
    log,
    self,
    own,
  })
  const membership = { members: () => [member], meshes: () => [], policyOf: () => null }
  const policies = { setForMesh: () => Promise.reject(new Error('Nobody with the key decides for the mesh.')) }
  const resources = {
    current: () => ({
      cpu: { model: 'x', cores: 4, busy: 0.125, load: 0.5 },
      memory: { total: 16e9, free: 12e9 },
      disk: null,
      gpus: [],
    }),
  }
  const components = {
    id,
    self,
    apiKey: {
      matches: (candidate: string) => candidate.length === key.length && timingSafeEqual(Buffer.from(candidate), Buffer.from(key)),
    },
    attempts: createFailedAttempts({ clock }),
    keyUse: { used: ({ address }: Caller) => void usedFrom.push(address) },
    ...{ syncTokens: { use: () => null }, syncUse: { synced: () => undefined } },
    services: createMemoryServices(),
    membership,
    legacyPeers,
    meshFiles: createMeshFiles({ database, id, self, membership, policies, legacyPeers, resources, clock }),
    ...{ resources, routeLog: { counters: () => ({ counters: [], durations: [] }) } },
    audit: { record: (entry: Parameters<AuditLog['record']>[0]) => void audited.push(entry) },
    ...{ clock, log },
    startedAt: Date.parse('2025-12-31T00:00:00Z'),
  }
  app = createApp({ callerOf: createCallers(), clock, log, refusals }, { bodyTimeout: 1000 })
  const metrics = createMetrics(components)
  metrics.count(app, 'plain')
  void app.register(metrics.routes)
  void app.register(routerApi(components))
  app.get('/*', () => 'the page')
  undo.push(() => app.close())
})
afterEach(async () => {
  while (undo.length > 0) await undo.pop()?.()
})

interface Ask {
  key?: string | null
  body?: unknown
  headers?: Record<string, string>
  from?: string
}

async function ask(call: string, { key: shown = key, body, headers = {}, from = '192.168.1.77' }: Ask = {}) {
  const [method, url] = call.split(' ') as ['GET' | 'POST', string]
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const answer = await app.inject({
    method,
    url,
    remoteAddress: from,
    headers: {
      ...(shown === null ? {} : { 'x-api-key': shown }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { payload: text }),
  })
  const isJson = String(answer.headers['content-type']).includes('json')
  return { status: answer.statusCode, headers: answer.headers, body: isJson ? answer.json<unknown>() : answer.body }
}

const keyed = [
  'GET /api/node/info',
  'GET /api/node/health',
  'GET /api/node/services',
  'GET /api/services',
  'GET /api/services/x',
  'POST /api/services/register',
  'GET /api/mesh/nodes',
  'GET /api/mesh/capabilities',
  'POST /api/mesh/register',
  'POST /api/mesh/sync',
  'GET /api/system/status',
  'GET /metrics',
]

describe('the key', () => {
  it.each(keyed)('is needed from afar for %s', async (call) => {
    const body = call.startsWith('POST') ? {} : undefined
    expect(await ask(call, { key: null, body })).toMatchObject({ status: 401, body: { error: 'Unauthorized' } })
    expect(await ask(call, { key: 'wrong', body })).toMatchObject({ status: 401, body: { error: 'Unauthorized' } })
  })

  it('is never the well-known one', async () => {
    expect((await ask('GET /api/node/info', { key: 'change_this_key' })).status).toBe(401)
  })

  it('passes whatever wrong ones came before; after ten of those from an address the wrong ones wait', async () => {
    for (let attempt = 0; attempt < 10; attempt++) expect((await ask('GET /api/services', { key: 'wrong' })).status).toBe(401)
    expect(await ask('GET /api/services', { key: 'wrong' })).toMatchObject({
      status: 429,
      headers: { 'retry-after': '10' },
      body: { error: 'Too many wrong keys came from this address.' },
    })
    expect((await ask('GET /api/services')).status).toBe(200)
    expect((await ask('GET /api/services', { key: 'wrong', from: '192.168.1.78' })).status).toBe(401)
    expect(usedFrom).toEqual(['192.168.1.77'])
    const [one, ...others] = refusals.lines.map(({ action }) => action).toReversed()
    expect([one, others.filter((action) => action === 'key.refused').length]).toEqual(['key.refused', 10])
  })

  it('is not needed for health', async () => {
    expect(await ask('GET /api/health', { key: null })).toMatchObject({
      status: 200,
      body: { status: 'ok', node: 'me', timestamp: '2026-01-01T00:00:00.000Z' },
    })
  })
})

describe('this node', () => {
  it('tells its info with percentages in use and the time of its start', async () => {
    expect((await ask('GET /api/node/info')).body).toEqual({
      name: 'me',
      role: 'storage',
      version: '1.2.3',
      uptime: '2025-12-31T00:00:00.000Z',
      lastUpdated: '2026-01-01T00:00:00.000Z',
      resources: { cpu: 12.5, memory: 25, disk: null },
    })
  })

  it('tells its status', async () => {
    expect((await ask('GET /api/system/status')).body).toMatchObject({
      node: { name: 'me' },
      services: { router: { status: 'active', port: 3000 } },
      mesh: { nodeCount: 1, lastSynced: null },
    })
  })
})

describe('services', () => {
  it('are registered with a port as number or string, updated by id, and found again', async () => {
    const first = await ask('POST /api/services/register', { body: { id: 'minio', name: 'MinIO', port: '9000' } })
    expect(first).toMatchObject({ status: 201, body: { message: expect.any(String) as string, service: { id: 'minio', port: 9000 } } })
    await ask('POST /api/services/register', { body: { id: 'minio', name: 'MinIO', port: 9002, status: 'inactive' } })
    const { body } = await ask('GET /api/services')
    expect(Object.keys(body as object)).toEqual(['router', 'minio'])
    expect(await ask('GET /api/services/minio')).toMatchObject({ status: 200, body: { port: 9002, status: 'inactive' } })
    expect(audited).toMatchObject([{ action: 'service.shared', subjectId: 'minio' }, {}])
  })

  it('that are not there are not found, in those words', async () => {
    expect(await ask('GET /api/services/nginx')).toMatchObject({ status: 404, body: { error: 'Service not found' } })
    expect(await ask('GET /api/services/__proto__')).toMatchObject({ status: 404, body: { error: 'Service not found' } })
  })

  it.each([{}, { id: 'a', name: 'b' }, { id: 'a', port: 1 }, { name: 'b', port: 1 }, [], 'text', null])(
    'are refused when a field is missing: %j',
    async (body) => {
      expect(await ask('POST /api/services/register', { body: JSON.stringify(body) })).toMatchObject({
        status: 400,
        body: { error: 'Missing required fields' },
      })
    },
  )

  it.each([{ port: 'x' }, { port: 70_000 }, { port: [1] }, { id: {} }, { name: 'n'.repeat(1000) }, { id: 'Ä' }])(
    'are refused when a field is wrong: %j',
    async (wrong) => {
      const answer = await ask('POST /api/services/register', { body: { id: 'a', name: 'b', port: 1, ...wrong } })
      expect(answer).toMatchObject({ status: 400, body: { error: expect.any(String) as string } })
    },
  )
})

describe('the mesh', () => {
  const register = (body: object) => ask('POST /api/mesh/register', { body })

  it('takes in an old node with nothing but its URL and name, and gives its capabilities back as given', async () => {
    expect(await register({ nodeUrl: 'http://10.0.0.1:3000', nodeName: 'a', capabilities: 'storage,compute' })).toMatchObject({
      status: 201,
      body: { message: expect.any(String) as string, meshSize: 2 },
    })
    await register({ nodeUrl: 'http://10.0.0.2:3000', nodeName: 'b', capabilities: ['ai', 'telescope'] })
    await register({ nodeUrl: 'http://10.0.0.3:3000', nodeName: 'c', capabilities: '' })
    expect((await register({ nodeUrl: 'http://10.0.0.1:3000', nodeName: 'a2', capabilities: 'storage' })).body).toMatchObject({
      meshSize: 4,
    })
    const time = '2026-01-01T00:00:00.000Z'
    expect((await ask('GET /api/mesh/nodes')).body).toEqual([
      { url: 'http://10.0.0.1:3000', name: 'a2', capabilities: 'storage', registered: time, lastSeen: time },
      { url: 'http://10.0.0.2:3000', name: 'b', capabilities: ['ai', 'telescope'], registered: time, lastSeen: time },
      { url: 'http://10.0.0.3:3000', name: 'c', capabilities: '', registered: time, lastSeen: time },
      { url: 'http://192.168.1.9:3000', name: 'laptop', capabilities: ['ai'], registered: null, lastSeen: time },
    ])
    expect((await ask('GET /api/mesh/capabilities')).body).toEqual({
      storage: [
        { url: 'http://192.168.1.5:3000', name: 'me' },
        { url: 'http://10.0.0.1:3000', name: 'a2' },
      ],
      ai: [
        { url: 'http://10.0.0.2:3000', name: 'b' },
        { url: 'http://192.168.1.9:3000', name: 'laptop' },
      ],
      telescope: [{ url: 'http://10.0.0.2:3000', name: 'b' }],
    })
  })

  it.each([{}, { nodeUrl: 'http://a' }, { nodeName: 'a' }, { nodeUrl: '', nodeName: '' }])('refuses %j', async (body) => {
    expect(await register(body)).toMatchObject({ status: 400, body: { error: 'Missing required fields' } })
  })

  it.each([
    [{ nodeUrl: 'nonsense' }, 400],
    [{ nodeUrl: 'http://192.168.1.5:3000' }, 409],
    [{ nodeUrl: 'http://169.254.169.254' }, 400],
    [{ nodeName: 'n'.repeat(500_000) }, 400],
    [{ capabilities: { a: 1 } }, 400],
    [{ capabilities: [1] }, 400],
  ])('refuses %j with a reason', async (wrong, status) => {
    const answer = await register({ nodeUrl: 'http://10.0.0.1:3000', nodeName: 'a', ...wrong })
    expect(answer).toMatchObject({ status, body: { error: expect.any(String) as string } })
    expect((await ask('GET /api/mesh/nodes')).body).toHaveLength(1)
  })

  it('takes a thousand old nodes and says then that it is full', async () => {
    const statuses = new Map<number, number>()
    for (let index = 0; index < 2_500; index++) {
      const { status } = await register({ nodeUrl: `http://10.1.${index >> 8}.${index & 255}:3000`, nodeName: `n${index}` })
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
    expect([...statuses]).toEqual([
      [201, 1000],
      [429, 1500],
    ])
  }, 60_000)

  it('syncs with a hub’s spokes: merges their mesh.json and answers the merged one, unknown fields included', async () => {
    const posted = {
      meshName: 'Home',
      meshVersion: '0.1.0',
      lastUpdated: '2025-01-01T00:00:00.000Z',
      motto: 'share',
      nodes: [
        { id: 'nas', name: 'nas', role: 'storage', url: 'http://10.0.0.1:3000', capabilities: ['storage'], rack: 7 },
        { id: 'ghost', name: 'ghost' },
        { id: 'me-by-another-name', name: 'me', url: 'http://192.168.1.5:3000' },
      ],
      policies: { storage: { replication: 2, preferredNodes: ['nas'] } },
    }
    const bearer = { authorization: `Bearer ${key}` }
    const { status, body } = await ask('POST /api/mesh/sync', { key: null, headers: bearer, body: posted })
    expect(status).toBe(200)
    expect(body).toMatchObject({ meshName: 'Home', motto: 'share', policies: posted.policies })
    const { nodes } = body as { nodes: { id: string; rack?: number }[] }
    expect(nodes.map((node) => node.id).toSorted()).toEqual(['B', 'ghost', 'me-by-another-name', 'nas'])
    expect(nodes.find((node) => node.id === 'nas')?.rack).toBe(7)
    expect((await ask('GET /api/system/status')).body).toMatchObject({ mesh: { lastSynced: '2026-01-01T00:00:00.000Z' } })
    expect((await ask('POST /api/mesh/sync', { body: { nodes: 'no' } })).status).toBe(400)
  })
})

describe('bad input', () => {
  it.each([
    ['malformed JSON', '{"nodeUrl":', {}],
    ['a __proto__ key', '{"__proto__":{"x":1},"nodeUrl":"http://a","nodeName":"a"}', {}],
    ['a body that is no JSON', 'nodeUrl=http://a', { 'content-type': 'application/x-www-form-urlencoded' }],
  ])('answers %s in JSON', async (_name, body, headers) => {
    expect(await ask('POST /api/mesh/register', { body, headers })).toMatchObject({
      status: 400,
      body: { error: expect.any(String) as string },
    })
  })

  it('answers an unknown call in the API’s own shape', async () => {
    expect(await ask('GET /api/nothing')).toMatchObject({ status: 404, body: { error: 'There is no GET /api/nothing here.' } })
  })

  it('answers a method that a call does not take with those it takes', async () => {
    expect(await ask('GET /api/mesh/register')).toMatchObject({ status: 405, headers: { allow: 'POST' } })
  })

  it('never answers 5xx, whatever is posted', async () => {
    const paths = fc.constantFrom('services/register', 'mesh/register', 'mesh/sync')
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom('http://10.0.0.1:3000', 'storage', 80, '80'))
    const body = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .record(
          { id: value, name: value, port: value, nodeUrl: value, nodeName: value, capabilities: value, nodes: value },
          { requiredKeys: [] },
        )
        .map((fields) => JSON.stringify(fields)),
    )
    await fc.assert(
      fc.asyncProperty(paths, body, async (path, text) => {
        const { status } = await ask(`POST /api/${path}`, { body: text })
        expect(status).toBeLessThan(500)
      }),
      { numRuns: 300 },
    )
  })
})

describe('metrics', () => {
  it('are Prometheus text about the node, its peers and requests by route', async () => {
    await ask('POST /api/mesh/register', { body: { nodeUrl: 'http://10.0.0.1:3000', nodeName: 'a' } })
    await ask('GET /api/services/minio')
    const { headers, body } = await ask('GET /metrics')
    expect(headers['content-type']).toContain('text/plain')
    for (const line of [
      `fcn_node_info{id="${id}",name="me",version="1.2.3",os="linux"} 1`,
      'fcn_peers{kind="node",state="online"} 1',
      'fcn_peers{kind="legacy",state="suspect"} 1',
      'fcn_http_requests_total{side="plain",method="GET",route="/api/services/:id",status="404"} 1',
    ]) {
      expect(body).toContain(line)
    }
    expect(body).toMatch(/process_resident_memory_bytes \d+[^]*nodejs_eventloop_lag_seconds [\d.e-]+[^]*utilization_ratio [\d.]+/u)
  })
})
