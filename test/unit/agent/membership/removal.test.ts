import { describe, expect, it } from 'vitest'
import { createHouseholdWorld } from '../../../fakes/household-world.ts'
import type { createMeshWorld, Machine } from '../../../fakes/mesh-world.ts'

type World = ReturnType<typeof createMeshWorld>

const member = (by: Machine, of: Machine) => by.node.members().find(({ nodeId }) => nodeId === of.id)
const meshOf = (machine: Machine) => machine.node.meshes()[0]?.id ?? 'none'
const warnings = (machine: Machine) => machine.health.list().map(({ code }) => code)
const noted = (machine: Machine, action: string) => machine.audit.recorded.filter((entry) => entry.action === action)

const allKnow = (world: World, machines: readonly Machine[], what: (machine: Machine) => boolean, limit = 10_000) =>
  world.until(() => machines.every(what), limit)

describe('removing a member', () => {
  it('ends its membership everywhere, tells it why, and is written down by all with who did it', async () => {
    const { world, mesh, machines } = await createHouseholdWorld('anna', 'ben', 'cleo')
    const [anna, ben, cleo] = machines
    const expelled: string[] = []
    ben.node.expelled.subscribe((node) => expelled.push(node))
    await anna.node.removeMember(mesh, cleo.id)
    expect(anna.node.isMember(cleo.id)).toBe(false)
    await world.until(() => !ben.node.isMember(cleo.id) && cleo.node.meshes().length === 0, 1_000)
    expect(expelled).toEqual([cleo.id])
    expect(member(ben, cleo)).toMatchObject({ state: 'removed', removed: { how: 'removed', by: { id: anna.id, name: 'anna' } } })
    for (const each of machines) {
      expect(noted(each, 'member.removed')).toMatchObject([{ actor: 'anna', actorId: anna.id, subject: 'cleo', subjectId: cleo.id }])
    }
    expect(cleo.health.list()).toMatchObject([{ code: `removed_from:${mesh}`, title: 'Removed from Home' }])
    expect(cleo.node.isMember(anna.id)).toBe(false)
    expect(anna.node.meshes()).toMatchObject([{ members: 2, online: 2 }])
  })

  it('works while the target is off, which learns why at its next contact with anybody', async () => {
    const { world, mesh, machines } = await createHouseholdWorld('anna', 'ben', 'cleo')
    const [anna, ben, cleo] = machines
    await cleo.kill()
    await anna.node.removeMember(mesh, cleo.id)
    await world.until(() => !ben.node.isMember(cleo.id), 2_000)
    await anna.kill()
    await cleo.start()
    await world.until(() => cleo.node.meshes().length === 0, 5_000)
    expect(cleo.health.list()).toMatchObject([{ code: `removed_from:${mesh}`, text: expect.stringContaining('by anna on') as string }])
    await cleo.kill()
    await cleo.start()
    expect(warnings(cleo)).toEqual([`removed_from:${mesh}`])
  })

  it('is never probed again, and its record, relayed by others, does not come back', async () => {
    const { world, mesh, machines } = await createHouseholdWorld('anna', 'ben', 'cleo')
    const [anna, ben, cleo] = machines
    await ben.kill()
    await anna.node.removeMember(mesh, cleo.id)
    await cleo.kill()
    await ben.start() // knows cleo as a member still
    await world.until(() => !ben.node.isMember(cleo.id), 5_000)
    await world.advance(2_000)
    world.network.carried.length = 0
    await world.advance(10_000)
    expect(world.network.carried.filter(({ to }) => to === cleo.id)).toEqual([])
    expect(new Set(world.network.carried.map(({ path }) => path))).toEqual(new Set(['/peer/v1/link']))
    expect(anna.node.isMember(cleo.id)).toBe(false)
    expect(member(anna, cleo)?.state).toBe('removed')
  })

  it('can be undone by admitting it again, which everybody sees', async () => {
    const { world, mesh, machines } = await createHouseholdWorld('anna', 'ben', 'cleo')
    const [anna, ben, cleo] = machines
    await anna.node.removeMember(mesh, cleo.id)
    await world.until(() => cleo.node.meshes().length === 0, 2_000)
    await world.admit(cleo, anna)
    await world.until(() => ben.node.isMember(cleo.id), 5_000)
    expect(warnings(cleo)).toEqual([])
    for (const each of [anna, ben]) {
      expect(noted(each, 'member.readmitted')).toMatchObject([{ actor: 'anna', subject: 'cleo', details: { removedBy: 'anna' } }])
    }
    await world.until(() => member(ben, cleo)?.state === 'online', 5_000)
    expect(member(ben, cleo)?.removed).toBeNull()
    await anna.node.removeMember(mesh, cleo.id)
    await world.until(() => !ben.node.isMember(cleo.id) && cleo.node.meshes().length === 0, 2_000)
  })

  it('reaches sixteen machines within ten seconds, and half of them after a partition', async () => {
    const names = Array.from({ length: 16 }, (_, i) => `m${i}`)
    const { world, mesh, machines } = await createHouseholdWorld(...names)
    const [founder, target, ...others] = machines as [Machine, Machine, ...Machine[]]
    const away = others.slice(0, 6)
    for (const each of away) world.network.set(each.id, 'silent')
    await world.advance(6_000)
    await founder.node.removeMember(mesh, target.id)
    const refused = (each: Machine) => !each.node.isMember(target.id)
    await allKnow(world, [founder, ...others.slice(6)], refused)
    expect(away.some(refused)).toBe(false)
    for (const each of away) world.network.set(each.id, 'up')
    await allKnow(world, others, refused, 20_000)
  }, 60_000)

  it('from one mesh leaves the node in the others, and it hears of it from anybody', async () => {
    const { world, mesh, machines } = await createHouseholdWorld('anna', 'ben')
    const [anna, ben] = machines
    const cleo = await world.machine('cleo')
    const work = (await cleo.node.createMesh('Work')).id
    await world.admit(anna, cleo)
    await world.admit(ben, cleo)
    await world.until(() => [anna, ben].every(({ node }) => node.meshes().length === 2 && node.meshes()[1]?.online === 3), 5_000)
    const expelled: string[] = []
    anna.node.expelled.subscribe((node) => expelled.push(node))
    await ben.kill()
    await cleo.node.removeMember(work, ben.id)
    await world.until(() => !anna.node.isMember(ben.id, work), 2_000)
    await cleo.kill()
    await ben.start()
    await world.until(() => ben.node.meshes().length === 1, 5_000)
    expect(ben.node.meshes()).toMatchObject([{ id: mesh, members: 2 }])
    expect(warnings(ben)).toEqual([`removed_from:${work}`])
    expect(ben.node.isMember(cleo.id)).toBe(false)
    await world.until(() => ben.node.meshes()[0]?.online === 2 && anna.node.meshes()[0]?.online === 2, 5_000)
    expect(anna.node.isMember(ben.id)).toBe(true)
    expect(expelled).toEqual([])
  })

  it('by an admin who was itself removed in between is undone, wherever it is known first', async () => {
    const { world, mesh, machines } = await createHouseholdWorld('anna', 'ben', 'cleo', 'dora')
    const [anna, ben, cleo, dora] = machines
    await anna.node.setRole(mesh, ben.id, 'admin')
    await allKnow(world, [ben, cleo, dora], ({ node }) => node.meshes()[0]?.admins === 2, 2_000)
    for (const each of [anna, cleo]) await each.kill()
    await ben.node.removeMember(mesh, cleo.id)
    await world.until(() => !dora.node.isMember(cleo.id), 2_000)
    for (const each of [ben, dora]) await each.kill()
    for (const each of [anna, cleo]) await each.start()
    await anna.node.removeMember(mesh, ben.id)
    await world.until(() => !cleo.node.isMember(ben.id), 20_000)
    await anna.kill()
    await dora.start()
    await world.until(() => dora.node.isMember(cleo.id) && !dora.node.isMember(ben.id), 20_000)
    expect(cleo.node.meshes()).toHaveLength(1)
    expect(warnings(cleo)).toEqual([])
  })

  it('needs an admin, and somebody to remove', async () => {
    const { mesh, machines } = await createHouseholdWorld('anna', 'ben', 'cleo')
    const [anna, ben, cleo] = machines
    await expect(ben.node.removeMember(mesh, cleo.id)).rejects.toMatchObject({ code: 'not_admin' })
    await expect(anna.node.removeMember(mesh, anna.id)).rejects.toMatchObject({ code: 'invalid_input' })
    await anna.node.removeMember(mesh, cleo.id)
    await expect(anna.node.removeMember(mesh, cleo.id)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('roles', () => {
  it('can be given and taken, and everybody acts by them', async () => {
    const { world, mesh, machines } = await createHouseholdWorld('anna', 'ben', 'cleo')
    const [anna, ben, cleo] = machines
    await anna.node.setRole(mesh, ben.id, 'admin')
    await allKnow(world, machines, (each) => each === ben || each.node.roleOf(ben.id, mesh) === 'admin', 2_000)
    await world.until(() => ben.node.meshes()[0]?.role === 'admin', 2_000)
    expect(noted(cleo, 'member.promoted')).toMatchObject([{ actor: 'anna', subject: 'ben' }])
    expect(warnings(anna)).toEqual([])

    const dora = await world.machine('dora')
    await world.admit(dora, ben)
    await anna.node.setRole(mesh, ben.id, 'member')
    await allKnow(world, [anna, cleo, dora], (each) => each.node.roleOf(ben.id, mesh) === 'member', 5_000)
    await world.until(() => ben.node.meshes()[0]?.role === 'member', 2_000)
    await expect(ben.node.removeMember(mesh, cleo.id)).rejects.toMatchObject({ code: 'not_admin' })
    expect(noted(cleo, 'member.demoted')).toMatchObject([{ actor: 'anna', subject: 'ben' }])
    expect(anna.node.isMember(dora.id)).toBe(true) // let in by ben when it was an admin
    expect(noted(cleo, 'member.removed')).toEqual([])
  })

  it('are learnt by a node that was away when it was demoted, without losing its membership', async () => {
    const { world, mesh, machines } = await createHouseholdWorld('anna', 'ben', 'cleo')
    const [anna, ben, cleo] = machines
    await anna.node.setRole(mesh, ben.id, 'admin')
    await world.until(() => ben.node.meshes()[0]?.role === 'admin', 2_000)
    await ben.kill()
    await anna.node.setRole(mesh, ben.id, 'member')
    await world.advance(3_000)
    await anna.kill()
    await ben.start()
    await world.until(() => ben.node.meshes()[0]?.role === 'member', 5_000)
    await world.until(() => member(cleo, ben)?.state === 'online' && member(cleo, ben)?.role === 'member', 5_000)
    expect(warnings(ben)).toEqual([])
  })

  it('can be given back by oneself, but never the last', async () => {
    const { world, mesh, machines } = await createHouseholdWorld('anna', 'ben')
    const [anna, ben] = machines
    await expect(anna.node.setRole(mesh, anna.id, 'member')).rejects.toMatchObject({ code: 'last_admin' })
    await expect(anna.node.leaveMesh(mesh)).rejects.toMatchObject({ code: 'last_admin' })
    expect(warnings(anna)).toEqual([`single_admin:${mesh}`])
    await anna.node.setRole(mesh, ben.id, 'admin')
    await world.until(() => ben.node.meshes()[0]?.role === 'admin', 2_000)
    await anna.node.setRole(mesh, anna.id, 'member')
    expect(anna.node.meshes()).toMatchObject([{ role: 'member', admins: 1 }])
    await world.until(() => ben.node.roleOf(anna.id, mesh) === 'member', 2_000)
    await expect(ben.node.leaveMesh(mesh)).rejects.toMatchObject({ code: 'last_admin' })
    await ben.node.leaveMesh(mesh, { force: true })
    expect(ben.node.meshes()).toEqual([])
  })
})

describe('the name of a mesh', () => {
  it('is changed by an admin for everybody, and stays when that one is removed', async () => {
    const { world, mesh, machines } = await createHouseholdWorld('anna', 'ben', 'cleo')
    const [anna, ben, cleo] = machines
    await expect(cleo.node.renameMesh(mesh, 'Mine')).rejects.toMatchObject({ code: 'not_admin' })
    await anna.node.setRole(mesh, ben.id, 'admin')
    await world.until(() => ben.node.meshes()[0]?.role === 'admin', 2_000)
    expect(await ben.node.renameMesh(mesh, 'Family')).toMatchObject({ name: 'Family' })
    await allKnow(world, machines, ({ node }) => node.meshes()[0]?.name === 'Family', 2_000)
    expect(noted(anna, 'mesh.renamed')).toMatchObject([{ actor: 'ben', subject: 'Family', details: { from: 'Home' } }])
    await anna.node.removeMember(mesh, ben.id)
    await anna.kill()
    await anna.start()
    expect(meshOf(anna)).toBe(mesh)
    expect(anna.node.meshes()).toMatchObject([{ name: 'Family' }])
    const dora = await world.machine('dora')
    await world.admit(dora, anna)
    expect(dora.node.meshes()).toMatchObject([{ name: 'Family' }])
  })
})

describe('blocking', () => {
  it('makes a node no member here only, whoever introduces it, until it is unblocked', async () => {
    const { world, machines } = await createHouseholdWorld('anna', 'ben', 'cleo')
    const [anna, ben, cleo] = machines
    const expelled: string[] = []
    anna.node.expelled.subscribe((node) => expelled.push(node))
    anna.node.block({ id: cleo.id, name: 'cleo' })
    expect(anna.node.isMember(cleo.id)).toBe(false)
    expect(expelled).toEqual([cleo.id])
    cleo.describe({ name: 'cleopatra' })
    await world.advance(10_000)
    expect(anna.node.isMember(cleo.id)).toBe(false)
    expect(member(anna, cleo)).toMatchObject({ state: 'removed', removed: { how: 'blocked', by: { name: 'anna' } } })
    expect(ben.node.isMember(cleo.id)).toBe(true)
    expect(cleo.node.meshes()).toHaveLength(1)
    await anna.kill()
    await anna.start()
    expect(anna.node.isMember(cleo.id)).toBe(false)
    anna.node.unblock(cleo.id)
    await world.until(() => member(anna, cleo)?.state === 'online', 5_000)
    expect(anna.audit.actions().filter((action) => action.startsWith('node.'))).toEqual(['node.blocked', 'node.unblocked'])
  })
})
