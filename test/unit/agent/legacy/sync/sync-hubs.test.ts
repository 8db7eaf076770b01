import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { FcnError } from '../../../../../electron/agent/errors.ts'
import { createHealth } from '../../../../../electron/agent/health.ts'
import type { SyncClient } from '../../../../../electron/agent/legacy/sync/sync-client.ts'
import { createSyncHubStore } from '../../../../../electron/agent/legacy/sync/sync-hub-store.ts'
import { createSyncHubs } from '../../../../../electron/agent/legacy/sync/sync-hubs.ts'
import { syncSchema } from '../../../../../electron/agent/legacy/sync/sync-schema.ts'
import { createEmitter } from '../../../../../electron/agent/support/signal.ts'
import type { MeshFile } from '../../../../../electron/contract/mesh-file.ts'
import { createFakeClock } from '../../../../fakes/fake-clock.ts'
import { createFakeRandom } from '../../../../fakes/fake-random.ts'
import { createKeptLog } from '../../../../fakes/kept-log.ts'
import { createMemorySettings } from '../../../../fakes/memory-settings.ts'

const minute = 60_000
const hour = 60 * minute
const url = 'http://192.168.1.20:3000'
const token = 'the-token'

/** Hubs in memory: what each does is in `behave`; times of all requests are kept. */
function bench() {
  const database = new DatabaseSync(':memory:')
  database.exec(syncSchema)
  const [clock, random, log, settings] = [createFakeClock(), createFakeRandom(), createKeptLog(), createMemorySettings()]
  const health = createHealth({ clock })
  const network = { up: true, changed: createEmitter(), woke: createEmitter<number>() }
  const asked: { url: string; token: string; at: number }[] = []
  const imported: MeshFile[] = []
  const world = { behave: async (_signal: AbortSignal): Promise<MeshFile> => ({ nodes: [{ id: 'nas', name: 'nas' }] }) }
  const client: SyncClient = {
    exchange(hub) {
      asked.push({ url: hub.url, token: hub.token, at: clock.now() })
      return world.behave(hub.signal)
    },
    close: async () => undefined,
  }
  const meshFiles = {
    export: () => ({ nodes: [] }),
    import: async (file: MeshFile, options: { policies: boolean }) => {
      expect(options).toEqual({ policies: false })
      imported.push(file)
      return { added: 1, updated: 2, skipped: [], policies: { taken: [], kept: [] } }
    },
  }
  const open = () => {
    const hubs = createSyncHubs({
      ...{ store: createSyncHubStore(database), client, meshFiles, health, settings, clock, random, log },
      network: { isUp: () => network.up, changed: network.changed, woke: network.woke },
      own: () => ({ port: 3000, addresses: ['192.168.1.5'] }),
    })
    onTestFinished(() => hubs.stop())
    return hubs
  }
  const fail = (code: ConstructorParameters<typeof FcnError>[0], details = {}) =>
    void (world.behave = () => Promise.reject(new FcnError(code, `It says ${code}.`, { details })))
  const succeed = () => void (world.behave = async () => ({ nodes: [] }))
  return { clock, database, settings, health, network, asked, imported, world, open, fail, succeed, hubs: open() }
}

async function started() {
  const made = bench()
  await made.hubs.start()
  return made
}

/** A promise that rejects only when it is aborted. */
const never = (signal: AbortSignal) =>
  new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))

describe('a hub that is added', () => {
  it('is synced to at once, then by its interval, and what it answers is taken in', async () => {
    const { hubs, clock, asked, imported } = await started()
    expect(hubs.add({ url: `${url}/`, token, every: 'hour' })).toMatchObject({ url, every: 'hour', running: true, lastOk: null })
    await clock.advance(0)
    expect(asked).toEqual([{ url, token, at: clock.now() }])
    expect(imported).toEqual([{ nodes: [{ id: 'nas', name: 'nas' }] }])
    const [view] = hubs.list()
    expect(view).toMatchObject({ running: false, problem: null, lastOk: { at: clock.now(), added: 1, updated: 2, skipped: 0 } })
    expect(view?.nextAt).toBeGreaterThanOrEqual(clock.now() + hour)
    await clock.advance(24 * hour)
    expect(asked.length).toBeGreaterThanOrEqual(22)
    expect(asked.length).toBeLessThanOrEqual(25)
  })

  it('is asked on demand only when its interval is off', async () => {
    const { hubs, clock, asked } = await started()
    const { id } = hubs.add({ url, token, every: 'off' })
    await clock.advance(72 * hour)
    expect(asked).toEqual([])
    expect(await hubs.run(id)).toMatchObject({ problem: null, nextAt: null, lastOk: { added: 1 } })
    expect(asked).toHaveLength(1)
  })

  it.each([
    ['file:///etc/passwd', 'invalid_input'],
    ['http://user:pass@hub:3000', 'invalid_input'],
    ['http://169.254.169.254', 'refused_address'],
    ['http://192.168.1.5:3000', 'own_address'],
    ['http://localhost:3000', 'own_address'],
  ])('is refused when its URL is %s', async (bad, code) => {
    const { hubs } = await started()
    expect(() => hubs.add({ url: bad, token, every: 'hour' })).toThrow(expect.objectContaining({ code }) as Error)
    expect(hubs.list()).toEqual([])
  })

  it('is refused when it is there already, or the ninth', async () => {
    const { hubs } = await started()
    for (let index = 0; index < 8; index++) hubs.add({ url: `http://10.0.0.${index + 1}:3000`, token, every: 'off' })
    const add = (again: string) => () => hubs.add({ url: again, token, every: 'off' })
    expect(add('http://10.0.0.1:3000/')).toThrow(expect.objectContaining({ code: 'conflict' }) as Error)
    expect(add(url)).toThrow(expect.objectContaining({ code: 'too_many' }) as Error)
  })

  it('shows its token in no view', async () => {
    const { hubs } = await started()
    hubs.add({ url, token: 'very-secret', every: 'hour' })
    expect(JSON.stringify(hubs.list())).not.toContain('very-secret')
  })
})

describe('a hub that fails', () => {
  it('is asked less and less often, with its reason shown, and works again by itself', async () => {
    const { hubs, clock, asked, fail, succeed } = await started()
    fail('unreachable')
    hubs.add({ url, token, every: 'hour' })
    await clock.advance(0)
    const began = clock.now()
    expect(hubs.list()).toMatchObject([{ problem: { code: 'unreachable', at: began }, failingSince: began, lastOk: null }])
    await clock.advance(4 * hour)
    const pauses = asked.map(({ at }, index) => Math.round((at - (asked[index - 1]?.at ?? at)) / minute))
    expect(pauses.slice(0, 5)).toEqual([0, 1, 2, 4, 8].map((pause) => expect.closeTo(pause, -0.5) as number))
    expect(pauses.at(-1)).toBeGreaterThanOrEqual(60)
    expect(hubs.list()).toMatchObject([{ failingSince: began }])
    succeed()
    await clock.advance(2 * hour)
    expect(hubs.list()).toMatchObject([{ problem: null, failingSince: null, lastOk: { added: 1 } }])
  })

  it('is worth a warning only when that lasts, and no more when it works, is off or is gone', async () => {
    const { hubs, clock, health, fail, succeed } = await started()
    const codes = () => health.list().map(({ code }) => code)
    fail('timeout')
    const { id } = hubs.add({ url, token, every: 'hour' })
    await clock.advance(5 * hour)
    expect(codes()).toEqual([])
    await clock.advance(3 * hour)
    expect(health.list()).toMatchObject([{ code: 'sync_failing', text: 'It says timeout.' }])
    succeed()
    await clock.advance(2 * hour)
    expect(codes()).toEqual([])
    fail('unauthorized')
    await hubs.run(id)
    expect(codes()).toEqual(['sync_failing'])
    hubs.set(id, { every: 'off' })
    expect(codes()).toEqual([])
    hubs.set(id, { every: 'day' })
    expect(codes()).toEqual(['sync_failing'])
    hubs.remove(id)
    expect(codes()).toEqual([])
  })

  it('is left alone as long as it wants, also by people', async () => {
    const { hubs, clock, asked, fail } = await started()
    fail('too_many', { retryAfter: 3_600 })
    const { id } = hubs.add({ url, token, every: '15min' })
    await clock.advance(30 * minute)
    expect(await hubs.run(id)).toMatchObject({ problem: { code: 'too_many' }, failingSince: null })
    expect(asked).toHaveLength(1)
    await clock.advance(31 * minute)
    expect(asked).toHaveLength(2)
  })

  it('is asked at once when it is given another token', async () => {
    const { hubs, clock, asked, fail, succeed } = await started()
    fail('unauthorized')
    const { id } = hubs.add({ url, token, every: 'day' })
    await clock.advance(3 * 24 * hour)
    succeed()
    hubs.set(id, { token: 'better' })
    await clock.advance(0)
    expect(asked.at(-1)).toEqual({ url, token: 'better', at: clock.now() })
    expect(hubs.list()).toMatchObject([{ problem: null, every: 'day' }])
  })
})

describe('the budget of an old node', () => {
  it('is kept by a timer and a person who tries all the time', async () => {
    const { hubs, clock, asked, fail } = await started()
    fail('unreachable')
    const { id } = hubs.add({ url, token, every: '15min' })
    for (let step = 0; step < 4 * 360; step++) {
      await hubs.run(id)
      await clock.advance(10_000)
    }
    const most = Math.max(...asked.map(({ at }) => asked.filter((other) => other.at >= at && other.at < at + 15 * minute).length))
    expect(most).toBeLessThanOrEqual(64) // and 36 for the polls of a legacy peer
    for (let more = 0; more < 10; more++) await hubs.run(id)
    expect(await hubs.run(id)).toMatchObject({ problem: { code: 'too_many' } })
  })
})

describe('the timer', () => {
  it('rests without a network, but not for a hub on this computer, and goes on with it', async () => {
    const { hubs, clock, network, asked } = await started()
    network.up = false
    network.changed.emit()
    hubs.add({ url, token, every: '15min' })
    hubs.add({ url: 'http://127.0.0.1:3999', token, every: 'day' })
    await clock.advance(5 * hour)
    expect(asked.map((each) => each.url)).toEqual(['http://127.0.0.1:3999'])
    expect(hubs.list().map(({ nextAt }) => nextAt !== null)).toEqual([false, true])
    network.up = true
    network.changed.emit()
    await clock.advance(0)
    expect(asked.at(-1)?.url).toBe(url)
  })

  it('catches up after sleep, which no timer notices', async () => {
    const { hubs, clock, network, asked } = await started()
    hubs.add({ url, token, every: 'hour' })
    await clock.advance(minute)
    clock.setWallClock(clock.now() + 8 * hour)
    network.woke.emit(8 * hour)
    await clock.advance(0)
    expect(asked).toHaveLength(2)
  })

  it('remembers over a restart when it was last, and does not begin with everything at once', async () => {
    const { hubs, clock, open, asked } = await started()
    hubs.add({ url, token, every: 'day' })
    await clock.advance(1)
    hubs.add({ url: 'http://192.168.1.21:3000', token, every: '15min' })
    await clock.advance(0)
    await hubs.stop()
    await clock.advance(20 * minute)
    const again = open()
    await again.start()
    expect(again.list()).toMatchObject([{ url, lastOk: { added: 1 } }, { lastOk: { added: 1 } }])
    await clock.advance(minute)
    expect(asked.slice(2).map((each) => each.url)).toEqual(['http://192.168.1.21:3000'])
  })

  it('does not ask a hub by plain HTTP while peers must be encrypted, and says why', async () => {
    const { hubs, clock, settings, asked, health } = await started()
    settings.update({ encryptedPeersOnly: true })
    const { id } = hubs.add({ url, token, every: '15min' })
    hubs.add({ url: 'https://hub.example', token, every: 'day' })
    hubs.add({ url: 'http://127.0.0.1:3999', token, every: 'day' })
    await clock.advance(2 * hour)
    expect(await hubs.run(id)).toMatchObject({ problem: { code: 'encrypted_only' }, nextAt: null })
    expect(asked.map((each) => each.url)).toEqual(['https://hub.example', 'http://127.0.0.1:3999'])
    expect(health.list()).toEqual([])
    settings.update({ encryptedPeersOnly: false })
    await clock.advance(0)
    expect(asked.at(-1)?.url).toBe(url)
  })
})

describe('a sync under way', () => {
  it('is joined by whoever asks meanwhile', async () => {
    const { hubs, clock, asked, world } = await started()
    let answer = (_file: MeshFile) => undefined as void
    world.behave = () => new Promise((resolve) => void (answer = resolve))
    const { id } = hubs.add({ url, token, every: 'hour' })
    const both = Promise.all([hubs.run(id), hubs.run(id)])
    await clock.advance(0)
    answer({ nodes: [] })
    expect(await both).toMatchObject([{ lastOk: { added: 1 } }, { lastOk: { added: 1 } }])
    expect(asked).toHaveLength(1)
  })

  it('is ended when the hub is removed or the node stops, and changes nothing any more', async () => {
    const { hubs, clock, world, open, imported } = await started()
    world.behave = never
    const { id } = hubs.add({ url, token, every: 'hour' })
    const kept = hubs.add({ url: 'http://192.168.1.21:3000', token, every: 'hour' })
    const removed = hubs.run(id)
    expect(hubs.remove(id)).toMatchObject({ url, running: false })
    await removed
    await hubs.stop()
    await clock.advance(24 * hour)
    expect(open().list()).toMatchObject([{ id: kept.id, lastOk: null, problem: null, failingSince: null }])
    expect(imported).toEqual([])
    expect(clock.pending).toBe(0)
  })

  it('leaves the node alone when how it went cannot be saved', async () => {
    const { hubs, clock, database } = await started()
    const { id } = hubs.add({ url, token, every: 'off' })
    database.exec('DROP TABLE sync_hubs')
    expect(await hubs.run(id)).toMatchObject({ lastOk: { at: clock.now() } })
  })
})
