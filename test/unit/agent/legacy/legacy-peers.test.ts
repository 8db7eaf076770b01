import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Health, LegacyPeers, SettingsStore } from '../../../../electron/agent/components.ts'
import { createHealth } from '../../../../electron/agent/health.ts'
import { createLegacyClient } from '../../../../electron/agent/legacy/legacy-client.ts'
import { createLegacyPeers } from '../../../../electron/agent/legacy/legacy-peers.ts'
import { createLegacyStore, legacySchema } from '../../../../electron/agent/legacy/legacy-store.ts'
import { createDialGuard } from '../../../../electron/agent/support/dial-guard.ts'
import { systemClock } from '../../../../electron/agent/support/clock.ts'
import { createFakeClock, type FakeClock } from '../../../fakes/fake-clock.ts'
import { type LegacyRouter, startLegacyRouter } from '../../../fakes/legacy-router.ts'
import { createMemorySettings } from '../../../fakes/memory-settings.ts'
import { createKeptLog } from '../../../fakes/kept-log.ts'

let database: DatabaseSync
let clock: FakeClock
let health: Health
let settings: SettingsStore
const log = createKeptLog()
const undo: (() => Promise<unknown>)[] = []

beforeEach(() => {
  database = new DatabaseSync(':memory:')
  database.exec(legacySchema)
  clock = createFakeClock()
  health = createHealth({ clock })
  settings = createMemorySettings()
})
afterEach(async () => {
  while (undo.length > 0) await undo.pop()?.()
  database.close()
})

async function start(): Promise<LegacyPeers> {
  const own = () => ({ port: 1, addresses: [] })
  const client = createLegacyClient({ clock: systemClock, guard: createDialGuard({ own }) })
  const self = () => ({
    name: 'me',
    addresses: ['https://192.168.1.5:3000'],
    capabilities: [
      { name: 'ai', state: 'ready' as const },
      { name: 'storage', state: 'off' as const },
    ],
    services: [],
    version: '1',
    os: 'linux',
  })
  const random = { bytes: (count: number) => new Uint8Array(count), fraction: () => 0 }
  const peers = createLegacyPeers({ store: createLegacyStore(database), client, health, settings, clock, random, log, self, own })
  await peers.start()
  undo.push(async () => {
    await peers.stop()
    await client.close()
  })
  return peers
}
async function legacy(options: Parameters<typeof startLegacyRouter>[0] = {}): Promise<LegacyRouter> {
  const router = await startLegacyRouter(options)
  undo.push(() => router.close())
  return router
}
const register = (peers: LegacyPeers, url: string, capabilities: string[] | string | undefined = 'storage,compute') =>
  peers.register({ url, name: 'nas', capabilities, foundVia: 'registered' })
const becomes = (peers: LegacyPeers, expected: object) => vi.waitFor(() => expect(peers.list()[0]).toMatchObject(expected))

describe('a node that registers here', () => {
  it('is shown with what it said, asked for its health, and online when it answers', async () => {
    const router = await legacy({ key: 'private' })
    const peers = await start()
    const { peer, added } = await register(peers, `${router.url}/`)
    expect(added).toBe(true)
    expect(peer).toMatchObject({ id: router.url, kind: 'legacy', state: 'suspect', resources: null, openToAnyone: false })
    expect(peer.capabilities.map(({ name }) => name)).toEqual(['storage', 'compute'])
    await becomes(peers, { state: 'online', path: { url: router.url }, problem: null, openToAnyone: false })
    expect(peers.registrations()).toMatchObject([{ url: `${router.url}/`, name: 'nas', capabilities: 'storage,compute' }])
  })

  it('is updated, not added twice, when it comes again', async () => {
    const peers = await start()
    await register(peers, 'http://127.0.0.1:9')
    const again = await register(peers, 'http://127.0.0.1:9/', ['ai'])
    expect(again.added).toBe(false)
    expect(peers.registrations()).toMatchObject([{ url: 'http://127.0.0.1:9/', capabilities: ['ai'] }])
  })

  it('is remembered after a restart, with its capabilities exactly as given', async () => {
    await register(await start(), 'http://127.0.0.1:9', '')
    expect((await start()).registrations()).toMatchObject([{ url: 'http://127.0.0.1:9', capabilities: '' }])
  })

  it('is offline with the reason after two failures', async () => {
    const peers = await start()
    await register(peers, 'http://127.0.0.1:9')
    await becomes(peers, { problem: { code: 'unreachable' }, state: 'suspect' })
    await clock.advance(31_000)
    await becomes(peers, { state: 'offline' })
    expect(peers.list()[0]?.problem?.message).toBe('Nothing listens at 127.0.0.1:9.')
  })

  it('is warned about when the well-known key opens it', async () => {
    const router = await legacy()
    const peers = await start()
    await register(peers, router.url)
    await becomes(peers, { openToAnyone: true, version: '0.1.0' })
    expect(health.list()).toMatchObject([{ code: 'legacy_open', severity: 'warning' }])
    await peers.forget(router.url)
    expect([peers.list(), health.list()]).toEqual([[], []])
  })

  it.each([
    [{ url: 'ftp://nas' }, 'invalid_input'],
    [{ url: 'http://169.254.1.1' }, 'refused_address'],
    [{ url: 'http://127.0.0.1:1' }, 'own_address'],
    [{ name: 'n'.repeat(1024 * 1024) }, 'invalid_input'],
    [{ name: 'a\u0000b' }, 'invalid_input'],
    [{ capabilities: 'x'.repeat(5000) }, 'invalid_input'],
  ])('is refused with %j', async (wrong, code) => {
    const peers = await start()
    const input = { url: 'http://127.0.0.1:9', name: 'nas', capabilities: 'ai', foundVia: 'registered' as const, ...wrong }
    await expect(peers.register(input)).rejects.toMatchObject({ code })
    expect(peers.list()).toEqual([])
  })

  it('is one of at most a thousand', async () => {
    const peers = createLegacyPeersWithoutPolls()
    for (let index = 0; index < 1000; index++) await register(peers, `http://10.0.0.1:${2000 + index}`)
    await expect(register(peers, 'http://10.0.0.2:3000')).rejects.toMatchObject({ code: 'too_many', status: 429 })
    expect((await register(peers, 'http://10.0.0.1:2000')).added).toBe(false)
    expect(peers.list()).toHaveLength(1000)
  })
})

/** Never started, so nothing is asked. */
function createLegacyPeersWithoutPolls(): LegacyPeers {
  const own = () => ({ port: 1, addresses: [] })
  const client = createLegacyClient({ clock, guard: createDialGuard({ own }) })
  undo.push(() => client.close())
  const self = () => ({ name: 'me', addresses: [], capabilities: [], services: [], version: '1', os: 'linux' })
  const random = { bytes: (count: number) => new Uint8Array(count), fraction: () => 0 }
  return createLegacyPeers({ store: createLegacyStore(database), client, health, settings, clock, random, log, self, own })
}

describe('an old node that is joined', () => {
  it('knows this node afterwards, and is asked with its key', async () => {
    const router = await legacy({ key: 'private' })
    const peers = await start()
    const peer = await peers.join(router.url, 'private')
    expect(peer).toMatchObject({ id: router.url, name: 'old-nas', addresses: [{ foundVia: 'joined' }] })
    expect(router.registered).toMatchObject([{ url: 'http://192.168.1.5:3000', name: 'me', capabilities: ['ai'] }])
    await becomes(peers, { services: [{ id: 'minio' }, { id: 'ollama' }] })
    expect(JSON.stringify([peers.list(), peers.registrations(), log.lines])).not.toContain('private')
  })

  it('is not kept when the key is wrong', async () => {
    const router = await legacy({ key: 'private' })
    const peers = await start()
    await expect(peers.join(router.url, 'wrong')).rejects.toMatchObject({ code: 'unauthorized' })
    expect(peers.list()).toEqual([])
  })

  it('stays under its request budget over 15 minutes', async () => {
    const router = await legacy({ key: 'private' })
    const peers = await start()
    await peers.join(router.url, 'private')
    for (let minute = 0; minute < 30; minute++) {
      const before = router.requests.length
      await clock.advance(33_000)
      await vi.waitFor(() => expect(router.requests.length).toBeGreaterThan(before))
      await vi.waitFor(() => expect(peers.list()[0]?.state).toBe('online'))
    }
    expect(router.requests.length).toBeLessThan(50)
  })
})

describe('with encrypted peers only', () => {
  it('an old node is not asked any more, and is shown offline with the reason, until that is switched off', async () => {
    const router = await legacy()
    const peers = await start()
    await register(peers, router.url)
    await becomes(peers, { state: 'online' })
    let told = 0
    peers.changed.subscribe(() => told++)
    settings.update({ encryptedPeersOnly: true })
    expect(told).toBe(1)
    expect(peers.list()[0]).toMatchObject({ state: 'offline', path: null, problem: { code: 'encrypted_only' } })
    await clock.advance(0)
    const asked = router.requests.length
    await clock.advance(30 * 60_000)
    expect(router.requests.length).toBe(asked)
    expect((await register(peers, 'http://127.0.0.1:9')).peer).toMatchObject({ state: 'offline' })
    await peers.forget('http://127.0.0.1:9')
    settings.update({ encryptedPeersOnly: false })
    await vi.waitFor(() => expect(router.requests.length).toBeGreaterThan(asked))
    await becomes(peers, { state: 'online', problem: null })
  })

  it('an old node cannot be joined, and none is asked at the start', async () => {
    settings.update({ encryptedPeersOnly: true })
    const router = await legacy({ key: 'private' })
    const peers = await start()
    await expect(peers.join(router.url, 'private')).rejects.toMatchObject({ code: 'encrypted_only' })
    await register(peers, router.url)
    await clock.advance(60_000)
    expect(router.requests).toEqual([])
  })
})
