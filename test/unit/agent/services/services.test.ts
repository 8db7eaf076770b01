import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createServiceStore, serviceLimitsSchema, servicesSchema } from '../../../../electron/agent/services/service-store.ts'
import { createServices } from '../../../../electron/agent/services/services.ts'
import { createDialGuard } from '../../../../electron/agent/support/dial-guard.ts'
import { defaultLimits } from '../../../../electron/contract/routing.ts'
import { startBackend } from '../../../fakes/backend.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'
import { eventually } from '../../../support/eventually.ts'

function emptyDatabase() {
  const database = new DatabaseSync(':memory:')
  database.exec(servicesSchema)
  database.exec(serviceLimitsSchema)
  return database
}

function household(database = emptyDatabase()) {
  const clock = createFakeClock()
  const own = () => ({ port: 3000, addresses: ['192.168.1.5'] })
  const services = createServices({ store: createServiceStore(database), guard: createDialGuard({ own }), clock })
  let changes = 0
  services.changed.subscribe(() => changes++)
  onTestFinished(() => services.stop())
  return { services, clock, database, changes: () => changes }
}

async function program() {
  const backend = await startBackend((_request, response) => response.end())
  onTestFinished(backend.stop)
  return { ...backend, port: Number(new URL(backend.url).port) }
}

describe('sharing a service', () => {
  it('needs a name and a port, and says at once whether it runs', async () => {
    const { services } = household()
    const { port } = await program()
    expect(await services.share({ name: 'Our Phötos!', port })).toMatchObject({
      id: 'our-photos',
      name: 'Our Phötos!',
      url: `http://127.0.0.1:${port}`,
      port,
      status: 'active',
      problem: null,
    })
    expect(await services.share({ name: 'gone', port: 9 })).toMatchObject({
      status: 'inactive',
      problem: { code: 'unreachable', message: expect.stringContaining('nothing listens') },
    })
  })

  it('again under the same name updates it; another name gets an id of its own', async () => {
    const { services } = household()
    await services.share({ name: 'Box', port: 9 })
    expect(await services.share({ name: 'Box', port: 7 })).toMatchObject({ id: 'box', port: 7 })
    expect(await services.share({ name: 'box!', port: 9 })).toMatchObject({ id: 'box-2' })
    expect(await services.share({ id: 'box', name: 'Renamed' })).toMatchObject({ id: 'box', name: 'Renamed', port: 7 })
    expect(await services.share({ name: '写真', port: 9 })).toMatchObject({ id: 'service' })
    expect(services.list().map(({ id }) => id)).toEqual(['box', 'box-2', 'service'])
  })

  it('refuses what is not valid, and keeps nothing of it', async () => {
    const { services, changes } = household()
    const bad = [
      { name: '', port: 1 },
      { name: 'x' },
      { name: 'x', port: 0 },
      { name: 'x', port: 1.5 },
      { name: 'x', url: 'ftp://127.0.0.1' },
      { name: 'x', url: 'http://user:secret@127.0.0.1' },
      { name: 'x', url: 'javascript:1' },
      { id: '../up', name: 'x', port: 1 },
      { id: '__PROTO__', name: 'x', port: 1 },
      { name: 'n'.repeat(1024 * 1024), port: 1 },
    ]
    for (const input of bad)
      await expect(services.share(input)).rejects.toMatchObject({ code: 'invalid_input', action: expect.any(String) })
    expect(services.list()).toEqual([])
    expect(changes()).toBe(0)
  })

  it('has a bound', async () => {
    const { services } = household()
    for (let index = 0; index < 256; index++) await services.share({ name: `s${index}`, port: 9 })
    await expect(services.share({ name: 'one more', port: 9 })).rejects.toMatchObject({ code: 'too_many' })
    expect(await services.share({ id: 's7', name: 'renamed' })).toMatchObject({ name: 'renamed' })
  })

  it('has the usual limits until others are chosen, which last until it is unshared', async () => {
    const { services, database, changes } = household()
    expect(await services.share({ name: 'Box', port: 9 })).toMatchObject({ limits: defaultLimits })
    const before = changes()
    expect(services.limit('box', { concurrent: 8, bandwidthPerPeer: 5_000_000 }).limits).toEqual({
      ...{ concurrent: 8, concurrentPerPeer: 8, queue: defaultLimits.queue, bandwidthPerPeer: 5_000_000 },
    })
    expect(changes()).toBe(before + 1)
    expect(await services.share({ id: 'box', name: 'Renamed', port: 7 })).toMatchObject({ limits: { concurrent: 8 } })
    const again = household(database).services
    expect(again.get('box')).toMatchObject({ name: 'Renamed', port: 7, limits: { concurrent: 8 } })
    expect(() => again.limit('box', { concurrentPerPeer: 9 })).toThrow(expect.objectContaining({ code: 'invalid_input' }) as Error)
    expect(again.limit('box', null).limits).toEqual(defaultLimits)
    again.limit('box', { queue: 0 })
    await again.unshare('box')
    expect(await again.share({ name: 'Box', port: 9 })).toMatchObject({ limits: defaultLimits })
    expect(() => again.limit('gone', null)).toThrow(expect.objectContaining({ code: 'not_found' }) as Error)
  })

  it('survives a restart, and ends when unshared', async () => {
    const { services, database } = household()
    await services.share({ name: 'Box', url: 'http://127.0.0.1:9/app/' })
    const again = household(database).services
    expect(again.list()).toMatchObject([{ id: 'box', url: 'http://127.0.0.1:9/app', port: 9 }])
    expect(await again.unshare('box')).toMatchObject({ name: 'Box' })
    expect(again.get('box')).toBeUndefined()
    await expect(again.unshare('box')).rejects.toMatchObject({ code: 'not_found' })
    expect(household(database).services.list()).toEqual([])
  })
})

describe('a shared service', () => {
  it('is looked at every 15 s, and announced only when something changed', async () => {
    const { services, clock, changes } = household()
    const { port, stop } = await program()
    await services.share({ name: 'Box', port })
    await services.start()
    const before = changes()
    // between two looks there is nothing to wait for but the next
    const looked = () => eventually('the look is over', () => clock.pending === 1)
    for (let round = 0; round < 3; round++) {
      await looked()
      await clock.advance(15_000)
    }
    await looked()
    expect(services.get('box')?.status).toBe('active')
    expect(changes()).toBe(before)
    await stop()
    await clock.advance(15_000)
    await eventually('the service is found dead', () => services.get('box')?.status === 'inactive')
    expect(changes()).toBe(before + 1)
  })
})

describe('a service at an address that is never dialled', () => {
  it.each([
    ['http://127.0.0.1:3000', 'own_address'],
    ['http://localhost:3000/local', 'own_address'],
    ['http://192.168.1.5:3000', 'own_address'],
    ['http://169.254.169.254/latest', 'refused_address'],
    ['http://[fe80::1]:80', 'refused_address'],
    ['file:///etc/passwd', 'invalid_input'],
  ])('is not shared: %s', async (url, code) => {
    const { services } = household()
    await expect(services.share({ name: 'Trick', url })).rejects.toMatchObject({ code })
    await expect(services.share({ name: 'Self', port: 3000 })).rejects.toMatchObject({ code: 'own_address' })
    expect(services.list()).toEqual([])
  })
})
