import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import type { FcnError } from '../../../../electron/agent/errors.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'
import { createHubWorld, someNodes } from '../../../fakes/hub-world.ts'
import { eventually } from '../../../support/eventually.ts'
import { socketPair } from '../../../support/socket-pair.ts'
import { soon } from '../../../support/soon.ts'

const [anna, berta, carla, dora] = someNodes(4) as [string, string, string, string]
const signal = () => AbortSignal.timeout(3_000)
const closing = (stream: Duplex) => new Promise((resolve) => stream.on('error', () => undefined).once('close', resolve))

/** Anna and Berta, attached and connected. */
async function connected(world: Awaited<ReturnType<typeof createHubWorld>>) {
  const [one, other] = [await world.attach(anna), await world.attach(berta)]
  const next = other.next()
  const near = await one.session.dial(berta, signal())
  near.write('hello')
  const far = await soon(next)
  expect(String((await soon(once(far, 'data')))[0])).toBe('hello')
  return { one, other, near, far }
}

describe('a hub', () => {
  it.each([false, true])('joins two members, whose bytes arrive with their ends both ways (lanes: %s)', async (withLanes) => {
    const world = await createHubWorld({ home: [anna, berta] }, { withLanes })
    const { near, far } = await connected(world)
    near.end(Buffer.alloc(300_000, 'a'))
    expect(await soon(buffer(far))).toHaveLength(300_000)
    far.end(Buffer.alloc(200_000, 'b'))
    expect(await soon(buffer(near))).toHaveLength(200_000)
    await eventually('the connection is counted out', () => world.hub.views()[0]?.pairs === 0, 3_000)
    expect(world.hub.views()).toMatchObject([{ id: 'home', on: true, spokes: 2, bytesThisMonth: 500_005 }])
    expect(world.laneCount()).toBe(withLanes ? 2 : 0)
  })

  it('carries many connections of two members at once', async () => {
    const world = await createHubWorld({ home: [anna, berta] })
    const [one, other] = [await world.attach(anna), await world.attach(berta)]
    const dials = Array.from({ length: 30 }, async (_, i) => {
      const next = other.next()
      const near = await one.session.dial(berta, AbortSignal.timeout(10_000))
      near.end(`number ${i}`)
      return buffer(await next)
    })
    const arrived = (await Promise.all(dials)).map(String)
    expect(arrived.toSorted()).toEqual(Array.from({ length: 30 }, (_, i) => `number ${i}`).toSorted())
  })

  it('refuses two who are in no mesh together that it relays for, and says so', async () => {
    const { attach, roles } = await createHubWorld({ home: [anna, carla], work: [berta, carla] })
    const [one] = [await attach(anna), await attach(berta), await attach(carla)]
    await expect(one.session.dial(berta, signal())).rejects.toMatchObject({ code: 'not_member' })
    roles.set('home', { on: false })
    await expect(attach(anna)).rejects.toMatchObject({ code: 'forbidden' })
    await eventually('the tunnel is closed', one.isClosed, 3_000)
    await expect(attach(dora)).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('says that a member is not attached, also when it does not take anything', async () => {
    const { attach, socketOf, clock } = await createHubWorld({ home: [anna, berta] })
    const one = await attach(anna)
    await expect(one.session.dial(berta, signal())).rejects.toMatchObject({ code: 'unreachable' })
    await socketOf(berta) // never says a word
    let code: unknown
    one.session.dial(berta, signal()).catch((error: FcnError) => (code = error.code))
    await eventually('it is refused', () => clock.advance(200).then(() => code !== undefined), 3_000)
    expect(code).toBe('unreachable')
  })

  it('has nothing left of a dial that was refused', async () => {
    const { attach } = await createHubWorld({ home: [anna, berta] })
    const one = await attach(anna)
    for (let i = 0; i < 50; i++) await expect(one.session.dial(berta, signal())).rejects.toMatchObject({ code: 'unreachable' })
    await eventually('its streams are closed', () => one.session.streams() === 0, 3_000)
  })

  it('takes as many members as it is told, and lets those come again who are there', async () => {
    const { attach, roles, hub } = await createHubWorld({ home: [anna, berta, carla] })
    roles.set('home', { limits: { members: 2 } })
    await attach(anna)
    const other = await attach(berta)
    await expect(attach(carla)).rejects.toMatchObject({ code: 'busy' })
    const newer = await attach(berta)
    await eventually('the older tunnel is closed', other.isClosed, 3_000)
    expect([newer.isClosed(), hub.isAttached(berta), hub.views()[0]?.spokes]).toEqual([false, true, 2])
    const one = await attach(anna)
    const next = newer.next()
    const near = await one.session.dial(berta, signal())
    near.write('to the newer one')
    expect(String((await soon(once(await soon(next), 'data')))[0])).toBe('to the newer one')
  })

  it('counts a member out whose tunnel ends', async () => {
    const { attach, hub } = await createHubWorld({ home: [anna] })
    const one = await attach(anna)
    expect(hub.views()[0]?.spokes).toBe(1)
    one.session.close()
    await eventually('it is counted out', () => hub.views()[0]?.spokes === 0, 3_000)
    expect(hub.isAttached(anna)).toBe(false)
  })

  it.each([false, true])('cuts what an expelled member has open (lanes: %s)', async (withLanes) => {
    const world = await createHubWorld({ home: [anna, berta, carla, dora] }, { withLanes })
    const { near, far, one, other } = await connected(world)
    const cut = Promise.all([closing(near), closing(far)])
    world.leave(berta, 'home')
    await soon(cut)
    await eventually('its tunnel is closed', other.isClosed, 3_000)
    expect(one.isClosed()).toBe(false)
    await expect(one.session.dial(berta, signal())).rejects.toMatchObject({ code: 'not_member' })
  })

  it.each([false, true])('cuts everything of a mesh when it is switched off (lanes: %s)', async (withLanes) => {
    const world = await createHubWorld({ home: [anna, berta], work: [anna] }, { withLanes })
    const { near, far, one, other } = await connected(world)
    const cut = Promise.all([closing(near), closing(far)])
    world.roles.set('home', { on: false })
    await soon(cut)
    await eventually('the tunnel of the one is closed', other.isClosed, 3_000)
    expect(one.isClosed()).toBe(false)
  })

  it('joins no lane that comes when that is not allowed any more', async () => {
    const { attach, hub, roles, lanes, tickets } = await createHubWorld({ home: [anna, berta], work: [anna, berta] })
    const [one] = [await attach(anna), await attach(berta)]
    await one.session.dial(berta, signal())
    for (const mesh of ['home', 'work']) roles.set(mesh, { on: false })
    const [[near, oneEnd], [far, otherEnd]] = await Promise.all([socketPair(), socketPair()])
    const cut = Promise.all([closing(near), closing(far)])
    lanes.take(tickets[0] ?? '', oneEnd)
    lanes.take(tickets[1] ?? '', otherEnd)
    for (const socket of [near, far]) socket.resume()
    await soon(cut)
    expect(tickets).toHaveLength(2)
    await eventually('nothing is open', () => hub.views().every(({ pairs }) => pairs === 0), 3_000)
  })

  it('cuts and refuses when the bytes of the month are used up, until the next month', async () => {
    const clock = createFakeClock(Date.UTC(2026, 10, 30, 23))
    const world = await createHubWorld({ home: [anna, berta] }, { clock })
    world.roles.set('home', { limits: { bytesPerMonth: 2 ** 20 } })
    const { near, far, one } = await connected(world)
    far.resume()
    const cut = Promise.all([closing(near), closing(far)])
    near.write(Buffer.alloc(2 ** 20 + 1))
    await soon(cut)
    await expect(one.session.dial(berta, signal())).rejects.toMatchObject({ code: 'busy' })
    clock.setWallClock(Date.UTC(2026, 11, 1))
    await one.session.dial(berta, signal())
  })

  it.each([false, true])('reaches an attached member for itself (lanes: %s)', async (withLanes) => {
    const { attach, hub, clock } = await createHubWorld({ home: [anna] }, { withLanes })
    const one = await attach(anna)
    const next = one.next()
    const reaching = hub.reach(anna)
    if (!withLanes) {
      await eventually('a lane is waited for', () => clock.pending > 2, 3_000)
      await clock.advance(1_000)
    }
    const near = await soon(reaching)
    near.end('from the hub')
    expect(String(await soon(buffer(await soon(next))))).toBe('from the hub')
    await expect(hub.reach(berta)).rejects.toMatchObject({ code: 'unreachable' })
  })

  it('has as little to ask after a change of membership when many are attached as when one is', async () => {
    const { attach, asked, leave } = await createHubWorld({ home: [anna, berta, carla] })
    const changing = () => {
      const before = asked()
      leave(dora, 'home')
      return asked() - before
    }
    await attach(anna)
    const withOne = changing()
    await attach(berta)
    await attach(carla)
    expect(changing()).toBe(withOne)
  })

  it('leaves neither a connection nor a timer when it stops', async () => {
    const clock = createFakeClock()
    const world = await createHubWorld({ home: [anna, berta] }, { clock, withLanes: true })
    const { near, far, one, other } = await connected(world)
    const cut = Promise.all([closing(near), closing(far)])
    world.hub.stop()
    await soon(cut)
    expect(world.hub.isAttached(anna)).toBe(false)
    await eventually('tunnels are closed', () => one.isClosed() && other.isClosed(), 3_000)
    await eventually('no timer is left', () => clock.pending === 0, 3_000)
  })
})
