import { describe, expect, it } from 'vitest'
import type { NodeCaller } from '../../../../electron/agent/components.ts'
import { FcnError } from '../../../../electron/agent/errors.ts'
import { signAdmission } from '../../../../electron/agent/membership/admission.ts'
import { signMemberRecord } from '../../../../electron/agent/membership/member-record.ts'
import { signMeshStatement } from '../../../../electron/agent/membership/mesh-statement.ts'
import { signRevocation } from '../../../../electron/agent/membership/revocation.ts'
import { createHouseholdWorld } from '../../../fakes/household-world.ts'
import { keptRecord } from '../../../fakes/kept-records.ts'
import type { Machine } from '../../../fakes/mesh-world.ts'
import { createTestKey } from '../../../fakes/test-identity.ts'

const callerOf = ({ identity: { id, publicKey } }: Machine): NodeCaller => ({ kind: 'node', id, publicKey, address: '192.0.2.99' })
const ask = (mesh: string, change: { records?: string[]; notices?: string[]; policies?: string[] }) => ({
  ...{ mesh, records: [], knownNotices: [], notices: [], policies: [] },
  ...change,
})
const everything = (mesh: string) => ask(mesh, {})

/** Anna founded the mesh, and ben is an admin too; `benProof` is what it needs to sign as one. */
async function twoAdmins() {
  const { world, mesh, machines } = await createHouseholdWorld('anna', 'ben', 'cleo')
  const [anna, ben, cleo] = machines
  await anna.node.setRole(mesh, ben.id, 'admin')
  await world.until(() => ben.node.meshes()[0]?.role === 'admin' && cleo.node.roleOf(ben.id, mesh) === 'admin', 2_000)
  await world.advance(500)
  const record = await keptRecord(ben, mesh, anna)
  const { rootKey, admissions } = record.statement
  const benProof = { mesh, by: ben.id, at: 1, rootKey, admissions }
  return { world, mesh, anna, ben, cleo, record, benProof }
}

describe('a hostile member', () => {
  it('cannot fake a removal: not with its own key, not with a root of its own, not as the reason of a refusal', async () => {
    const { world, mesh, machines } = await createHouseholdWorld('anna', 'ben', 'cleo')
    const [anna, ben, cleo] = machines
    const { rootKey, admissions } = (await keptRecord(ben, mesh, anna)).statement
    const target = { mesh, node: cleo.id, key: cleo.identity.publicKey, upTo: 9, at: 1, keeps: [] }
    const root = createTestKey()
    const forged = [
      await signRevocation({ ...target, by: ben.id, rootKey, admissions }, ben.identity.privateKey),
      await signRevocation({ ...target, by: mesh, rootKey, admissions: [] }, ben.identity.privateKey),
      await signRevocation({ ...target, by: root.id, mesh: root.id, rootKey: root.publicKey, admissions: [] }, root.privateKey),
      await signRevocation({ ...target, by: mesh, rootKey: root.publicKey, admissions: [] }, root.privateKey),
    ]
    for (const notice of forged) {
      await anna.node.inbox.sync(callerOf(ben), ask(mesh, { notices: [notice] }))
      await cleo.node.inbox.sync(callerOf(ben), ask(mesh, { notices: [notice] }))
    }
    const refusal = () => new FcnError('removed', 'Go away.', { details: { removals: [{ mesh, notices: forged }] } })
    world.network.run(ben.id, { ...ben.node, isMember: () => false, inbox: { ...ben.node.inbox, refusal } })
    await world.advance(5_000)
    expect(anna.node.isMember(cleo.id)).toBe(true)
    expect(cleo.node.meshes()).toMatchObject([{ members: 3 }])
    expect(cleo.health.list()).toEqual([])
  })

  it('cannot name the mesh, nor raise its own role', async () => {
    const { mesh, machines } = await createHouseholdWorld('anna', 'ben', 'cleo')
    const [anna, ben] = machines
    const { rootKey, admissions } = (await keptRecord(ben, mesh, anna)).statement
    const { privateKey, publicKey } = ben.identity
    const self = { mesh, node: ben.id, key: publicKey, role: 'admin', term: 5, by: ben.id, at: 1 } as const
    const notices = [
      await signMeshStatement({ mesh, version: 9, name: 'Mine', by: ben.id, at: 1, rootKey, admissions }, privateKey),
      [...admissions, await signAdmission(self, privateKey)].join(' '),
    ]
    for (const notice of notices) await anna.node.inbox.sync(callerOf(ben), ask(mesh, { notices: [notice] }))
    expect(anna.node.roleOf(ben.id, mesh)).toBe('member')
    expect(anna.node.meshes()).toMatchObject([{ name: 'Home' }])
  })
})

describe('a removed admin', () => {
  it('is ignored in all it signs, also when honest members pass it on', async () => {
    const { world, mesh, anna, ben, cleo, record, benProof } = await twoAdmins()
    const key = ben.identity.privateKey
    await anna.node.removeMember(mesh, ben.id)
    await world.until(() => !cleo.node.isMember(ben.id), 2_000)
    const dora = createTestKey()
    const admissionOf = (node: { id: string; publicKey: string }, role: 'admin' | 'member') =>
      signAdmission({ mesh, node: node.id, key: node.publicKey, role, term: 7, by: ben.id, at: 1 }, key)
    const revoke = (node: { id: string; publicKey: string }) =>
      signRevocation({ ...benProof, node: node.id, key: node.publicKey, upTo: 9, keeps: [] }, key)
    const notices = [
      await revoke(anna.identity),
      await revoke(cleo.identity),
      await signMeshStatement({ ...benProof, version: 99, name: 'Mine' }, key),
      [...benProof.admissions, await admissionOf(ben.identity, 'admin')].join(' '),
    ]
    const doraSays = { ...record.statement, node: dora.id, key: dora.publicKey }
    const admissions = [...benProof.admissions, await admissionOf(dora, 'member')]
    const records = [
      await signMemberRecord({ ...doraSays, admissions }, dora.privateKey),
      await signMemberRecord({ ...record.statement, version: record.statement.version + 9 }, key),
    ]
    await cleo.node.inbox.sync(callerOf(anna), ask(mesh, { notices, records }))
    await world.advance(5_000)
    for (const each of [anna, cleo]) {
      expect(each.node.meshes()).toMatchObject([{ name: 'Home', members: 2, online: 2 }])
      expect([ben.id, dora.id].map((node) => each.node.isMember(node))).toEqual([false, false])
      expect(each.audit.actions().filter((action) => action === 'member.removed')).toHaveLength(1)
    }
  })

  it('finds every door closed, and hears why', async () => {
    const { world, mesh, anna, ben, cleo, record } = await twoAdmins()
    await anna.node.removeMember(mesh, ben.id)
    await world.until(() => !cleo.node.isMember(ben.id), 2_000)
    const removed = { code: 'removed', details: { removals: [{ mesh }] } }
    const { inbox } = cleo.node
    expect(inbox.refusal(callerOf(ben))).toMatchObject(removed)
    await expect(inbox.sync(callerOf(ben), everything(mesh))).rejects.toMatchObject(removed)
    await expect(inbox.introduce(callerOf(ben), { record: record.token, notices: [] })).rejects.toMatchObject(removed)
    expect(inbox.refusal(callerOf({ identity: createTestKey() } as unknown as Machine))).toMatchObject({ code: 'not_member' })
  })

  it('may ask again, and is let in as what it is let in as', async () => {
    const { world, mesh, anna, ben, cleo } = await twoAdmins()
    await anna.node.removeMember(mesh, ben.id)
    await world.until(() => ben.node.meshes().length === 0, 2_000)
    await world.admit(ben, anna)
    await world.until(() => cleo.node.roleOf(ben.id, mesh) === 'member', 5_000)
    expect(ben.node.meshes()).toMatchObject([{ role: 'member' }])
  })
})

describe('who was promoted by an admin that is removed', () => {
  it('keeps the role when the remover knew of it, and its earlier membership when not', async () => {
    const { world, mesh, machines } = await createHouseholdWorld('anna', 'ben', 'cleo', 'dora')
    const [anna, ben, cleo, dora] = machines
    await anna.node.setRole(mesh, ben.id, 'admin')
    await world.until(() => ben.node.meshes()[0]?.role === 'admin', 2_000)
    await ben.node.setRole(mesh, cleo.id, 'admin')
    await world.until(() => [anna, cleo, dora].every(({ node }) => node.meshes()[0]?.admins === 3), 5_000)
    await anna.kill()
    await ben.node.setRole(mesh, dora.id, 'admin')
    await world.until(() => dora.node.meshes()[0]?.role === 'admin' && cleo.node.meshes()[0]?.admins === 4, 5_000)
    for (const each of [ben, cleo, dora]) await each.kill()
    await anna.start()
    await anna.node.removeMember(mesh, ben.id)
    for (const each of [cleo, dora]) await each.start()
    await world.until(() => [anna, cleo, dora].every(({ node }) => node.meshes()[0]?.members === 3), 20_000)
    await world.until(() => [cleo, dora].every(({ node }) => !node.isMember(ben.id)), 20_000)
    await world.advance(3_000)
    expect([anna, cleo].map(({ node }) => node.roleOf(dora.id, mesh))).toEqual(['member', 'member'])
    expect([anna, dora].map(({ node }) => node.roleOf(cleo.id, mesh))).toEqual(['admin', 'admin'])
    expect(dora.node.meshes()).toMatchObject([{ role: 'member', online: 3 }])
    world.network.carried.length = 0
    await world.advance(5_000)
    expect(new Set(world.network.carried.map(({ path }) => path))).toEqual(new Set(['/peer/v1/link']))
  })
})

describe('admins who remove each other while they cannot talk', () => {
  it('are judged alike by everybody once they can: the senior one stays', async () => {
    const { world, mesh, anna, ben, cleo } = await twoAdmins()
    await cleo.kill()
    world.network.set(ben.id, 'silent')
    await world.advance(6_000)
    await anna.node.removeMember(mesh, ben.id)
    await ben.node.removeMember(mesh, anna.id)
    world.network.set(ben.id, 'up')
    await cleo.start()
    await world.until(() => ben.node.meshes().length === 0 && !cleo.node.isMember(ben.id), 30_000)
    expect(anna.node.meshes()).toMatchObject([{ members: 2 }])
    await world.until(() => cleo.node.roleOf(anna.id, mesh) === 'admin', 10_000)
  })
})
