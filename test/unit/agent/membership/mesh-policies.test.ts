import { describe, expect, it } from 'vitest'
import type { PolicyRules } from '../../../../electron/contract/routing.ts'
import { createHouseholdWorld } from '../../../fakes/household-world.ts'
import type { Machine } from '../../../fakes/mesh-world.ts'

const noted = (machine: Machine) => machine.audit.recorded.filter(({ action }) => action === 'policy.changed')
const rulesAt = (machine: Machine, mesh: string): PolicyRules | null | undefined => machine.node.policyOf(mesh, 'ai')?.rules
const allSay = (machines: readonly Machine[], mesh: string, replication: number) => () =>
  machines.every((machine) => rulesAt(machine, mesh)?.replication === replication)

/** Three machines, of which the second is an admin too. */
async function twoAdmins() {
  const { world, mesh, machines } = await createHouseholdWorld('anna', 'ben', 'cleo')
  const [anna, ben, cleo] = machines
  await anna.node.setRole(mesh, ben.id, 'admin')
  await world.until(() => machines.every(({ node }) => node.roleOf(ben.id, mesh) === 'admin' || node === ben.node), 2_000)
  await world.until(() => ben.node.meshes()[0]?.role === 'admin', 2_000)
  return { world, mesh, machines, anna, ben, cleo }
}

describe('a policy of the mesh', () => {
  it('is decided by an admin for everybody, and all write down who decided what', async () => {
    const { world, mesh, machines, anna, ben, cleo } = await twoAdmins()
    await expect(cleo.node.setPolicy(mesh, 'ai', { replication: 2 })).rejects.toMatchObject({ code: 'not_admin' })
    const heard: string[] = []
    cleo.node.policiesChanged.subscribe((where) => heard.push(where))
    const rules: PolicyRules = { preferredNodes: [cleo.id], loadBalancing: 'round-robin', onlyDirect: true }
    await ben.node.setPolicy(mesh, 'ai', rules)
    await world.until(() => machines.every((each) => rulesAt(each, mesh)), 1_000)
    for (const each of machines) {
      expect(each.node.policyOf(mesh, 'ai')).toMatchObject({ rules, by: { id: ben.id, name: 'ben' }, version: 1 })
      expect(noted(each)).toMatchObject([
        { actor: 'ben', actorId: ben.id, subject: 'Home', details: { capability: 'ai', version: 1, rules } },
      ])
    }
    await anna.node.setPolicy(mesh, 'ai', null)
    await world.until(() => machines.every((each) => rulesAt(each, mesh) === null), 1_000)
    expect(cleo.node.policyOf(mesh, 'ai')).toMatchObject({ rules: null, version: 2 })
    expect(heard).toEqual([mesh, mesh])
  })

  it('is decided once when it is decided twice the same', async () => {
    const { mesh, machines } = await createHouseholdWorld('anna')
    const [anna] = machines
    for (const rules of [null, { replication: 2 }, { replication: 2 }]) await anna.node.setPolicy(mesh, 'ai', rules)
    expect(anna.node.policyOf(mesh, 'ai')).toMatchObject({ version: 1 })
    expect(noted(anna)).toHaveLength(1)
  })

  it('is the same for all after admins decided while they could not talk', async () => {
    const { world, mesh, machines, anna, ben, cleo } = await twoAdmins()
    await cleo.kill()
    world.network.set(ben.id, 'silent')
    await world.advance(6_000)
    await anna.node.setPolicy(mesh, 'ai', { replication: 2 })
    await ben.node.setPolicy(mesh, 'ai', { replication: 3 })
    await ben.node.setPolicy(mesh, 'storage', { replication: 4 })
    world.network.set(ben.id, 'up')
    await cleo.start()
    const versions = () => new Set(machines.map((each) => JSON.stringify(each.node.policyOf(mesh, 'ai')?.rules)))
    await world.until(() => versions().size === 1 && !versions().has('undefined'), 30_000)
    await world.until(() => machines.every(({ node }) => node.policyOf(mesh, 'storage')?.rules?.replication === 4), 10_000)
    await anna.node.setPolicy(mesh, 'ai', { replication: 5 })
    await world.until(allSay(machines, mesh, 5), 10_000)
    expect(new Set(machines.map(({ node }) => node.policyOf(mesh, 'ai')?.version)).size).toBe(1)
  })

  it('is known to who joins later, from the first moment and without a line in its log, and survives a restart', async () => {
    const { world, mesh, machines } = await createHouseholdWorld('anna', 'ben')
    const [anna, ben] = machines
    await anna.node.setPolicy(mesh, 'ai', { replication: 2 })
    await world.until(allSay([ben], mesh, 2), 1_000)
    const dora = await world.machine('dora')
    await world.admit(dora, anna)
    expect(rulesAt(dora, mesh)).toEqual({ replication: 2 })
    expect(noted(dora)).toEqual([])
    for (const each of [anna, ben, dora]) await each.kill()
    await ben.start()
    expect(rulesAt(ben, mesh)).toEqual({ replication: 2 })
    await dora.start()
    expect(rulesAt(dora, mesh)).toEqual({ replication: 2 })
  })

  it('reaches a member that was away, also from another that is no admin', async () => {
    const { world, mesh, anna, ben, cleo } = await twoAdmins()
    await ben.kill()
    await anna.node.setPolicy(mesh, 'ai', { replication: 2 })
    await world.until(allSay([cleo], mesh, 2), 1_000)
    await anna.kill()
    await ben.start()
    await world.until(allSay([ben], mesh, 2), 10_000)
    expect(ben.node.policyOf(mesh, 'ai')).toMatchObject({ by: { name: 'anna' } })
  })

  it('leaves no more on disk after many decisions than after a few', async () => {
    const { mesh, machines } = await createHouseholdWorld('anna')
    const [anna] = machines
    for (let replication = 1; replication <= 16; replication++) await anna.node.setPolicy(mesh, 'ai', { replication })
    expect(anna.database.prepare('SELECT count(*) AS count FROM notices').get()).toEqual({ count: 1 })
  })
})

describe('what an admin decided', () => {
  it('stays as it was when the admin is removed, now by the word of who removed it', async () => {
    const { world, mesh, anna, ben, cleo } = await twoAdmins()
    await ben.node.setPolicy(mesh, 'ai', { replication: 2 })
    await world.until(allSay([anna, cleo], mesh, 2), 1_000)
    await anna.node.removeMember(mesh, ben.id)
    await world.until(() => !cleo.node.isMember(ben.id), 2_000)
    for (const each of [anna, cleo]) {
      expect(each.node.policyOf(mesh, 'ai')).toMatchObject({ rules: { replication: 2 }, by: { name: 'anna' } })
      expect(noted(each)).toHaveLength(1) // nothing is sent otherwise than before
    }
  })

  it.each(['anna', 'ben'] as const)('stays, like the name it gave, when its role is given back: by %s', async (by) => {
    const { world, mesh, machines, anna, ben } = await twoAdmins()
    await ben.node.renameMesh(mesh, 'Family')
    await ben.node.setPolicy(mesh, 'ai', { replication: 2 })
    await world.until(allSay(machines, mesh, 2), 1_000)
    const actor = by === 'anna' ? anna : ben
    await actor.node.setRole(mesh, ben.id, 'member')
    await world.until(() => machines.every(({ node }) => node.meshes()[0]?.admins === 1), 5_000)
    await world.advance(2_000)
    expect(machines.map((each) => [each.node.meshes()[0]?.name, rulesAt(each, mesh)?.replication])).toEqual(
      machines.map(() => ['Family', 2]),
    )
  })
})
