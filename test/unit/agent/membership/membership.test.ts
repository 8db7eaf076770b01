import { describe, expect, it } from 'vitest'
import { createMeshWorld, type Machine } from '../../../fakes/mesh-world.ts'

const stateSeen = (by: Machine, of: Machine) => by.node.members().find(({ nodeId }) => nodeId === of.id)?.state

/** The admin of a mesh, and a node that is in none. */
async function strangers() {
  const world = createMeshWorld()
  const a = await world.machine('anna')
  const b = await world.machine('ben')
  return { world, a, b, mesh: await a.node.createMesh('Home') }
}

async function twoMembers() {
  const { world, a, b } = await strangers()
  await world.admit(b, a)
  await world.until(() => stateSeen(a, b) === 'online' && stateSeen(b, a) === 'online')
  return { world, a, b }
}

async function threeMembers() {
  const { world, a, b } = await twoMembers()
  const c = await world.machine('cleo')
  await world.admit(c, a)
  await world.until(() => stateSeen(b, c) === 'online' && stateSeen(c, b) === 'online')
  return { world, a, b, c }
}

describe('joining', () => {
  it('shows a request on one side and waiting on the other, and after approval both say so', async () => {
    const { world, a, b, mesh } = await strangers()

    const join = await b.node.startJoin({ url: a.url })
    expect(join).toMatchObject({ state: 'waiting', approver: { id: a.id, name: 'anna' }, mesh: { id: mesh.id, name: 'Home' } })
    expect(a.node.isMember(b.id)).toBe(false)
    const [request] = a.node.requests()
    expect(request).toMatchObject({ node: { id: b.id, name: 'ben' }, mesh: { name: 'Home' }, code: join.code })

    await a.node.approveRequest(request?.id ?? '')
    await world.until(() => b.node.joins()[0]?.state === 'confirming', 2_000)
    expect(b.node.meshes()).toEqual([])
    await b.node.confirmJoin(join.id)
    await world.until(() => b.node.joins()[0]?.state === 'joined', 2_000)
    await world.until(() => stateSeen(a, b) === 'online' && stateSeen(b, a) === 'online', 2_000)
    expect(a.node.requests()).toEqual([])
    expect(a.node.meshes()).toMatchObject([{ name: 'Home', role: 'admin', members: 2, online: 2, admins: 1 }])
    expect(b.node.meshes()).toMatchObject([{ id: mesh.id, name: 'Home', role: 'member', members: 2, online: 2, admins: 1 }])
    expect(a.audit.actions()).toEqual(['mesh.created', 'member.requested', 'member.approved'])
    expect(b.audit.actions()).toEqual(['mesh.joined'])
  })

  it('tells the joiner that it was declined', async () => {
    const { world, a, b } = await strangers()
    await b.node.startJoin({ url: a.url })
    await a.node.rejectRequest(a.node.requests()[0]?.id ?? '')
    await world.until(() => b.node.joins()[0]?.state === 'rejected')
    expect(b.node.joins()[0]?.problem?.code).toBe('rejected')
    expect(b.node.meshes()).toEqual([])
    expect(a.node.isMember(b.id)).toBe(false)
    await expect(a.node.approveRequest(a.node.requests()[0]?.id ?? 'gone')).rejects.toMatchObject({ code: 'not_found' })
  })

  it('goes on after either side was killed while waiting', async () => {
    const { world, a, b } = await strangers()
    await b.node.startJoin({ url: a.url })
    await a.kill()
    await world.advance(10_000)
    await a.start()
    expect(a.node.requests()).toHaveLength(1)
    await b.kill()
    await b.start()
    await world.until(() => b.node.joins()[0]?.state === 'waiting')
    await a.node.approveRequest(a.node.requests()[0]?.id ?? '')
    await b.node.confirmJoin(b.node.joins()[0]?.id ?? '')
    await world.until(() => b.node.joins()[0]?.state === 'joined', 40_000)
    await world.until(() => stateSeen(a, b) === 'online')
    expect(a.node.requests()).toEqual([])
  })

  it('forgets why the other side could not be reached as soon as it is back', async () => {
    const { world, a, b } = await strangers()
    await b.node.startJoin({ url: a.url })
    await a.kill()
    await world.until(() => b.node.joins()[0]?.problem?.code === 'unreachable', 30_000)
    await a.start()
    await world.until(() => b.node.joins()[0]?.problem === null, 5_000)
    expect(b.node.joins()).toMatchObject([{ state: 'waiting' }])
  })

  it('delivers a decision to a joiner that was away when it fell', async () => {
    const { world, a, b } = await strangers()
    const { id } = await b.node.startJoin({ url: a.url })
    await b.node.confirmJoin(id)
    await b.kill()
    await a.node.approveRequest(a.node.requests()[0]?.id ?? '')
    await a.kill()
    await a.start()
    await b.start()
    await world.until(() => b.node.joins()[0]?.state === 'joined', 40_000)
    expect(b.node.meshes()).toMatchObject([{ name: 'Home', role: 'member' }])
  })

  it('retries a node that cannot be reached yet, and can be cancelled', async () => {
    const { world, a, b } = await strangers()
    world.network.set(a.id, 'dead')
    const join = await b.node.startJoin({ url: a.url })
    expect(join).toMatchObject({ state: 'connecting', problem: { code: 'unreachable' } })
    world.network.set(a.id, 'up')
    await world.until(() => b.node.joins()[0]?.state === 'waiting', 35_000)
    await b.node.cancelJoin(join.id)
    expect(b.node.joins()).toEqual([])
    await world.until(() => a.node.requests().length === 0)
  })

  it('says which meshes there are when it is not clear which one is meant', async () => {
    const world = createMeshWorld()
    const a = await world.machine('anna')
    const b = await world.machine('ben')
    await expect(b.node.startJoin({ url: a.url })).rejects.toMatchObject({ code: 'no_mesh' })
    await a.node.createMesh('Home')
    await a.node.createMesh('Work')
    await expect(b.node.startJoin({ url: a.url })).rejects.toMatchObject({
      code: 'ambiguous',
      action: 'Say which one to join: Home or Work.',
      details: { meshes: [{ name: 'Home' }, { name: 'Work' }] },
    })
    expect(b.node.joins()).toEqual([])
    expect(await b.node.startJoin({ url: a.url, mesh: 'work' })).toMatchObject({ state: 'waiting', mesh: { name: 'Work' } })
  })

  it('names the admins when another member is asked', async () => {
    const { world, a, b } = await twoMembers()
    const c = await world.machine('cleo')
    await expect(c.node.startJoin({ url: b.url })).rejects.toMatchObject({
      code: 'not_admin',
      details: { admins: [{ id: a.id, name: 'anna', addresses: a.description.addresses }] },
    })
    await expect(b.node.startJoin({ url: a.url })).rejects.toMatchObject({ code: 'already_member' })
  })

  it('lets a request run out after a day', async () => {
    const { world, a, b } = await strangers()
    await b.node.startJoin({ url: a.url })
    await b.kill()
    await world.clock.advance(25 * 3_600_000)
    await world.settle()
    expect(a.node.requests()).toEqual([])
    await b.start()
    await world.until(() => b.node.joins()[0]?.state === 'expired')
  })
})

describe('members', () => {
  it('know each other although only one of them let them in', async () => {
    const { a, b, c } = await threeMembers()
    for (const each of [a, b, c]) expect(each.node.meshes()).toMatchObject([{ members: 3, online: 3 }])
  })

  it('see a switched capability within a second', async () => {
    const { world, a, b, c } = await threeMembers()
    a.describe({ capabilities: [{ name: 'ai', state: 'ready', detail: '4 models' }] })
    const sees = (by: Machine) => by.node.members().find(({ nodeId }) => nodeId === a.id)?.capabilities[0]?.detail === '4 models'
    expect(await world.until(() => sees(b) && sees(c), 1_000)).toBeLessThanOrEqual(1_000)
  })

  it('get a change although they were away when it happened', async () => {
    const { world, a, b, c } = await threeMembers()
    await c.kill()
    await world.until(() => stateSeen(a, c) === 'offline')
    a.describe({ name: 'anna two' })
    await world.advance(3_000)
    await a.kill()
    await c.start()
    await world.until(() => c.node.members().some(({ name }) => name === 'anna two'), 20_000)
    expect(stateSeen(b, c)).toBe('online')
  })

  it('are members again without asking after they were killed', async () => {
    const { world, a, b } = await twoMembers()
    await b.kill()
    await world.until(() => stateSeen(a, b) === 'offline')
    await b.start()
    const took = await world.until(() => stateSeen(a, b) === 'online' && stateSeen(b, a) === 'online', 3_000)
    expect(took).toBeLessThanOrEqual(2_000)
    expect(a.node.requests()).toEqual([])
  })

  it('notice within five seconds that one has gone silent, and that it is back', async () => {
    const { world, a, b } = await twoMembers()
    world.network.set(b.id, 'silent')
    await world.until(() => stateSeen(a, b) !== 'online', 3_100)
    await world.until(() => stateSeen(a, b) === 'offline', 1_900)
    expect(a.node.members()[0]?.lastSeen).toBeLessThan(world.clock.now() - 2_000)
    world.network.set(b.id, 'up')
    await world.until(() => stateSeen(a, b) === 'online', 16_000)
  })

  it('notice within two seconds that a process died', async () => {
    const { world, a, b } = await twoMembers()
    world.network.set(b.id, 'dead')
    expect(await world.until(() => stateSeen(a, b) === 'offline', 2_000)).toBeLessThanOrEqual(2_000)
  })

  it('take one that calls but cannot be called for online, after at most one change of mind', async () => {
    const { world, a, b } = await twoMembers()
    world.network.set(b.id, 'deaf')
    const states: unknown[] = []
    a.node.changed.subscribe(() => states.at(-1) === stateSeen(a, b) || states.push(stateSeen(a, b)))
    await world.advance(20_000)
    expect(stateSeen(a, b)).toBe('online')
    expect(states.length).toBeLessThanOrEqual(3)
  })

  it('hear at once that one stops', async () => {
    const { world, a, b } = await twoMembers()
    const stopped = b.node.stop()
    await world.until(() => stateSeen(a, b) === 'offline', 300)
    await stopped
    await b.node.stop()
    await world.advance(3_000)
    expect(stateSeen(a, b)).toBe('offline')
  })

  it('can be stopped and started again, and starting twice is the same as once', async () => {
    const { world, a, b } = await twoMembers()
    await b.node.stop()
    await world.until(() => stateSeen(a, b) === 'offline', 300)
    await b.node.start()
    await b.node.start()
    await world.until(() => stateSeen(a, b) === 'online' && stateSeen(b, a) === 'online', 3_000)
    expect(b.node.meshes()).toMatchObject([{ name: 'Home', members: 2, online: 2 }])
  })

  it('agree with each other in a household of eight, whoever let whom in', async () => {
    const world = createMeshWorld()
    const [first, ...rest] = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => world.machine(name)))
    await first?.node.createMesh('Home')
    for (const each of rest) await world.admit(each, first as Machine)
    const all = [first as Machine, ...rest]
    const complete = () => all.every(({ node }) => node.meshes()[0]?.online === 8)
    await world.until(complete, 3_000)
    expect(all.map(({ node }) => node.meshes()[0])).toMatchObject(all.map(() => ({ members: 8, online: 8, admins: 1 })))
  })

  it('hear that one has left, even those that were away', async () => {
    const { world, a, b, c } = await threeMembers()
    await c.kill()
    await world.until(() => stateSeen(b, c) === 'offline')
    await b.node.leaveMesh(b.node.meshes()[0]?.id ?? '')
    expect(b.node.meshes()).toEqual([])
    await world.until(() => stateSeen(a, b) === 'left', 1_000)
    expect(a.node.isMember(b.id)).toBe(false)
    expect(a.node.meshes()).toMatchObject([{ members: 2 }])
    expect(a.node.members().find(({ nodeId }) => nodeId === b.id)?.lastSeen).toBeGreaterThan(world.clock.now() - 2_000)
    await a.kill()
    await c.start()
    await world.until(() => stateSeen(c, b) === 'left', 20_000)
  })

  it('are known by name, also those that have left; strangers are not', async () => {
    const { world, a, b } = await twoMembers()
    const stranger = await world.machine('dora')
    await b.node.leaveMesh(b.node.meshes()[0]?.id ?? '')
    await world.until(() => stateSeen(a, b) === 'left', 1_000)
    expect([a.id, b.id, stranger.id].map((id) => a.node.nameOf(id))).toEqual(['anna', 'ben', null])
  })

  it('can come back after leaving, by asking again', async () => {
    const { world, a, b } = await twoMembers()
    await b.node.leaveMesh(b.node.meshes()[0]?.id ?? '')
    await world.until(() => stateSeen(a, b) === 'left', 1_000)
    await world.admit(b, a)
    await world.until(() => stateSeen(a, b) === 'online')
    expect(a.node.meshes()).toMatchObject([{ members: 2, online: 2 }])
  })

  it('learn resources with probes, and again after a restart', async () => {
    const { world, a, b } = await twoMembers()
    const memory = { total: 1_000_000, free: 400_000 }
    b.node.reportResources({ cpu: { model: 'x', cores: 4, busy: 0.123, load: 1 }, memory, disk: null, gpus: [] })
    const seen = () => a.node.members()[0]?.resources
    await world.until(() => seen()?.cpu.busy === 0.1, 2_500)
    await a.kill()
    await a.start()
    await world.until(() => seen()?.memory.free === 400_000, 6_000)
    expect(seen()?.cpu).toMatchObject({ model: 'x', cores: 4 })
  })

  it('say whether their connection is paid by volume, and take it back', async () => {
    const { world, a, b } = await twoMembers()
    const seen = () => a.node.members()[0]?.metered
    expect(seen()).toBeUndefined()
    b.describe({ metered: true })
    await world.until(() => seen() === true)
    b.node.describe({ ...b.description, metered: false })
    await world.until(() => seen() !== true)
  })

  it('tell each other at once that a machine is busy, and seldom that it is a little more or less so', async () => {
    const { world, a, b } = await twoMembers()
    const memory = { total: 1_000_000, free: 400_000 }
    const report = (busy: number) => b.node.reportResources({ cpu: { model: 'x', cores: 4, busy, load: 0 }, memory, disk: null, gpus: [] })
    const seen = () => a.node.members()[0]?.resources?.cpu.busy
    report(0.1)
    await world.until(() => seen() === 0.1, 16_000)
    report(0.9)
    await world.until(() => seen() === 0.9, 16_000)
    report(0.8)
    await world.advance(60_000)
    expect(seen()).toBe(0.9)
    await world.until(() => seen() === 0.8, 65_000)
  })

  it('sign and send only the last of many changes at once', async () => {
    const { world, a, b } = await twoMembers()
    let changes = 0
    a.node.changed.subscribe(() => changes++)
    for (let i = 1; i <= 100; i++) a.describe({ name: `anna ${i}` })
    await world.until(() => b.node.members()[0]?.name === 'anna 100', 2_000)
    expect(changes).toBeLessThanOrEqual(2)
  })

  it('are quiet when nothing happens: a ping and its answer every two seconds', async () => {
    const { world, a, b } = await twoMembers()
    await world.advance(90_000)
    world.network.carried.length = 0
    await world.advance(10_000)
    expect(new Set(world.network.carried.map(({ path }) => path))).toEqual(new Set(['/peer/v1/link']))
    expect(world.network.carried.filter(({ from }) => from === a.id).length).toBeLessThanOrEqual(10)
    expect(stateSeen(a, b)).toBe('online')
  })
})
