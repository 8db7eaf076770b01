import { describe, expect, it } from 'vitest'
import type { Route } from '../../../../../electron/agent/network/port-mapping/default-route.ts'
import { RouterRefusal } from '../../../../../electron/agent/network/port-mapping/port-mapper.ts'
import { createPortMapping } from '../../../../../electron/agent/network/port-mapping/port-mapping.ts'
import { createEmitter } from '../../../../../electron/agent/support/signal.ts'
import { createFakeClock } from '../../../../fakes/fake-clock.ts'
import { createFakeRandom } from '../../../../fakes/fake-random.ts'
import { createKeptLog } from '../../../../fakes/kept-log.ts'
import { createMemoryRouter } from '../../../../fakes/memory-router.ts'
import { createMemorySettings } from '../../../../fakes/memory-settings.ts'

const [minute, hour] = [60_000, 3_600_000]

/** A node that listens on port 3000, behind a router that speaks NAT-PMP and one more that does not answer. */
async function behindRouter({ on = true }: { on?: boolean } = {}) {
  const clock = createFakeClock()
  const router = createMemoryRouter(clock)
  const upnp = createMemoryRouter(clock, 'UPnP')
  upnp.silent = true
  const world = { route: { gateway: '10.1.0.1', own: '10.1.0.2' } as Route | null, port: 3000 as number | null, listens: true }
  const settings = createMemorySettings({ portMapping: on })
  const network = { changed: createEmitter(), woke: createEmitter<number>() }
  const mapping = createPortMapping({
    ...{ clock, random: createFakeRandom(1), log: createKeptLog(), settings, network, mappers: [router, upnp] },
    ...{ findRoute: async () => world.route, port: () => world.port, listensAt: () => world.listens },
  })
  const told: string[] = []
  mapping.changed.subscribe(() => told.push(mapping.view().state))
  const broken: unknown[] = []
  mapping.failed.subscribe((error) => void broken.push(error))
  await mapping.start()
  await clock.advance(0)
  return { clock, router, upnp, world, settings, network, mapping, told, broken }
}

describe('the port that the router maps', () => {
  it('is not asked for, and nothing runs, while the user has not agreed', async () => {
    const { clock, router, mapping, network } = await behindRouter({ on: false })
    network.changed.emit()
    await clock.advance(hour)
    expect([router.looks, clock.pending, mapping.view().state]).toEqual([0, 0, 'off'])
  })

  it('is asked for when the user agrees, and shown with address, port and end', async () => {
    const { clock, router, settings, mapping, told } = await behindRouter({ on: false })
    settings.update({ portMapping: true })
    await clock.advance(0)
    expect(told).toEqual(['asking', 'mapped'])
    expect(mapping.view()).toEqual({ state: 'mapped', by: 'NAT-PMP', address: '11.22.33.1', port: 3000, until: clock.now() + hour })
    expect(mapping.outside()).toEqual({ host: '11.22.33.1', port: 3000 })
    expect(router.mapped()).toEqual({ 3000: '10.1.0.2:3000' })
  })

  it('is taken back when the user changes their mind, and nothing runs any more', async () => {
    const { clock, router, settings, mapping } = await behindRouter()
    settings.update({ portMapping: false })
    expect([mapping.view(), mapping.outside()]).toEqual([{ state: 'off' }, null])
    await clock.advance(0)
    expect([router.mapped(), clock.pending]).toEqual([{}, 0])
  })

  it('is taken back before the node has stopped, also when the router answers late', async () => {
    const { clock, router, settings, mapping } = await behindRouter({ on: false })
    const release = router.hold()
    settings.update({ portMapping: true })
    await clock.advance(0)
    const stopped = mapping.stop()
    release()
    await stopped
    expect([router.mapped(), router.maps, mapping.view().state]).toEqual([{}, 1, 'off'])
    await mapping.stop()
  })

  it('is mapped once more when the user switches it off and on again at once', async () => {
    const { clock, router, settings, mapping } = await behindRouter()
    settings.update({ portMapping: false })
    settings.update({ portMapping: true })
    await clock.advance(0)
    expect([router.mapped(), mapping.view().state]).toEqual([{ 3000: '10.1.0.2:3000' }, 'mapped'])
  })

  it('is renewed at half its time, for days', async () => {
    const { clock, router, mapping } = await behindRouter()
    for (let passed = 0; passed < 48; passed += 0.25) {
      expect(router.mapped()).toEqual({ 3000: '10.1.0.2:3000' })
      await clock.advance(hour / 4)
    }
    expect(router.maps).toBe(1 + 48 * 2)
    expect(mapping.view().state).toBe('mapped')
  })

  it('is renewed in time where the router grants less, but not more often than every half minute', async () => {
    const { clock, router, settings } = await behindRouter({ on: false })
    router.grants = 120
    settings.update({ portMapping: true })
    await clock.advance(10 * minute)
    expect(router.maps).toBe(11)
    router.grants = 1
    await clock.advance(10 * minute)
    expect(router.maps).toBeLessThan(11 + 22)
  })

  it('is mapped again after the router restarted, at the latest at half its time', async () => {
    const { clock, router } = await behindRouter()
    router.restart()
    await clock.advance(hour / 2)
    expect(router.mapped()).toEqual({ 3000: '10.1.0.2:3000' })
  })

  it('is looked at two seconds after the network changed or the computer woke, once for many events', async () => {
    const { clock, router, network } = await behindRouter()
    for (let count = 0; count < 5; count += 1) {
      network.changed.emit()
      network.woke.emit(10_000)
    }
    await clock.advance(1_999)
    expect(router.maps).toBe(1)
    await clock.advance(1)
    expect(router.maps).toBe(2)
  })

  it('moves along when this computer has another address, and tells a new address outside', async () => {
    const { clock, router, world, network, mapping } = await behindRouter()
    world.route = { gateway: '10.1.0.1', own: '10.1.0.7' }
    router.address = '11.22.33.9'
    network.changed.emit()
    await clock.advance(2_000)
    expect(router.mapped()).toEqual({ 3000: '10.1.0.7:3000' })
    expect(mapping.outside()).toEqual({ host: '11.22.33.9', port: 3000 })
  })

  it('is another one, and the old one is taken back, when the node listens on another port', async () => {
    const { clock, router, world, network } = await behindRouter()
    world.port = 3005
    network.changed.emit()
    await clock.advance(2_000)
    expect(router.mapped()).toEqual({ 3005: '10.1.0.2:3005' })
  })

  it('is asked for by UPnP where NAT-PMP is silent or refuses', async () => {
    const { clock, router, upnp, settings, mapping } = await behindRouter({ on: false })
    upnp.silent = false
    router.refuses = new RouterRefusal('refused', 'It says no.')
    settings.update({ portMapping: true })
    await clock.advance(0)
    expect(mapping.view()).toMatchObject({ state: 'mapped', by: 'UPnP' })
  })

  it('without an end is renewed, too, and taken back', async () => {
    const { clock, router, settings, mapping } = await behindRouter({ on: false })
    router.grants = null
    settings.update({ portMapping: true })
    await clock.advance(hour)
    expect([router.maps, mapping.view()]).toEqual([3, { state: 'mapped', by: 'NAT-PMP', address: '11.22.33.1', port: 3000, until: null }])
    await mapping.stop()
    expect(router.mapped()).toEqual({})
  })
})

describe('a router that does not map the port', () => {
  it('is asked ever more rarely, up to every half hour, and is there at once when it answers', async () => {
    const { clock, router, mapping, settings } = await behindRouter({ on: false })
    router.silent = true
    settings.update({ portMapping: true })
    await clock.advance(0)
    expect(mapping.view()).toMatchObject({ state: 'failed', why: 'no_answer', detail: '10.1.0.1' })
    await clock.advance(hour)
    expect(router.looks).toBeGreaterThan(6)
    expect(router.looks).toBeLessThan(12)
    await clock.advance(24 * hour)
    expect(router.looks).toBeLessThan(120)
    router.silent = false
    await clock.advance(hour / 2)
    expect(mapping.view().state).toBe('mapped')
  })

  it('is asked from the start again when the network changes', async () => {
    const { clock, router, settings, network } = await behindRouter({ on: false })
    router.silent = true
    settings.update({ portMapping: true })
    await clock.advance(24 * hour)
    const before = router.looks
    network.changed.emit()
    await clock.advance(2_000 + 15_000)
    expect(router.looks).toBe(before + 2)
  })

  it('still counts while what it granted lasts, and no longer', async () => {
    const { clock, router, mapping } = await behindRouter()
    router.silent = true
    await clock.advance(59 * minute)
    expect(mapping.view().state).toBe('mapped')
    await clock.advance(31 * minute)
    expect(mapping.view()).toMatchObject({ state: 'failed', why: 'no_answer' })
    expect(mapping.outside()).toBeNull()
  })

  it.each([
    ['100.64.7.1', 'shared_address'],
    ['192.168.0.2', 'second_router'],
    ['0.0.0.0', 'no_address'],
  ])('has the address %s, and is not asked to: %s', async (address, why) => {
    const { clock, router, settings, mapping } = await behindRouter({ on: false })
    router.address = address
    settings.update({ portMapping: true })
    await clock.advance(0)
    expect(mapping.view()).toMatchObject({ state: 'failed', why, detail: address })
    expect(router.maps).toBe(0)
  })

  it('loses what it mapped when its address is not one of the internet any more', async () => {
    const { clock, router, network, mapping } = await behindRouter()
    router.address = '100.64.7.1'
    network.changed.emit()
    await clock.advance(2_000)
    expect([mapping.view(), router.mapped()]).toMatchObject([{ state: 'failed', why: 'shared_address' }, {}])
  })

  it.each([
    ['no_router', { route: null }],
    ['own_public', { route: { gateway: '11.22.33.1', own: '11.22.33.2' } }],
    ['listens_elsewhere', { listens: false }],
    ['listens_elsewhere', { port: null }],
  ])('is not even asked: %s', async (why, change) => {
    const { clock, router, world, settings, mapping } = await behindRouter({ on: false })
    Object.assign(world, change)
    settings.update({ portMapping: true })
    await clock.advance(0)
    expect(mapping.view()).toMatchObject({ state: 'failed', why })
    expect(router.looks).toBe(0)
  })

  it('is shown with its own words when it refuses', async () => {
    const { clock, router, settings, mapping } = await behindRouter({ on: false })
    router.refuses = new RouterRefusal('refused', 'It has no free port left.')
    settings.update({ portMapping: true })
    await clock.advance(0)
    expect(mapping.view()).toMatchObject({ state: 'failed', why: 'refused', detail: 'It has no free port left.' })
  })

  it('tells of an error that nobody thought of, so that the part is started anew', async () => {
    const { clock, router, settings, broken } = await behindRouter({ on: false })
    router.find = () => Promise.reject(new Error('EMFILE'))
    settings.update({ portMapping: true })
    await clock.advance(0)
    expect(broken).toMatchObject([{ message: 'EMFILE' }])
  })
})
