import { describe, expect, it } from 'vitest'
import type { NodeCaller } from '../../../../electron/agent/components.ts'
import { signRevocation } from '../../../../electron/agent/membership/revocation.ts'
import { createHouseholdWorld } from '../../../fakes/household-world.ts'
import { keptRecord } from '../../../fakes/kept-records.ts'

const passphrase = 'correct horse battery'

describe('a mesh whose founder is lost', () => {
  it('is recovered on a new machine, which outranks the lost one from then on', async () => {
    const { world, mesh, machines } = await createHouseholdWorld('anna', 'ben', 'cleo')
    const [anna, ben, cleo] = machines
    const { file, fileName } = await anna.node.exportRecovery(mesh, { passphrase, forget: false })
    expect(fileName).toBe('Home.fcn-recovery')
    expect(anna.node.meshes()).toMatchObject([{ hasRootKey: true, recoveryExportedAt: world.clock.now() }])
    expect(anna.health.list()).toEqual([])
    const caller: NodeCaller = { kind: 'node', id: ben.id, publicKey: ben.identity.publicKey, address: '192.0.2.2' }
    const annasProof = (await keptRecord(anna, mesh, ben)).statement
    await anna.kill()

    const dora = await world.machine('dora')
    await expect(dora.node.restoreRecovery(file, 'not the passphrase')).rejects.toMatchObject({ code: 'wrong_passphrase' })
    expect(await dora.node.restoreRecovery(file, passphrase)).toMatchObject({ id: mesh, name: 'Home', role: 'admin', hasRootKey: true })
    await world.until(() => [ben, cleo].every(({ node }) => node.roleOf(dora.id, mesh) === 'admin'), 5_000)
    await world.until(() => dora.node.meshes()[0]?.members === 4, 5_000)
    expect(ben.audit.recorded.filter(({ action }) => action === 'mesh.recovered')).toMatchObject([{ actor: 'dora' }])

    await dora.node.removeMember(mesh, anna.id)
    await world.until(() => !ben.node.isMember(anna.id), 2_000)
    const revenge = await signRevocation(
      { mesh, node: dora.id, key: dora.identity.publicKey, upTo: Number.MAX_SAFE_INTEGER, by: anna.id, at: 1, keeps: [], rootKey: annasProof.rootKey, admissions: annasProof.admissions },
      anna.identity.privateKey,
    ) // prettier-ignore
    await ben.node.inbox.sync(
      { ...caller, id: cleo.id, publicKey: cleo.identity.publicKey },
      { mesh, records: [], policies: [], notices: [revenge] },
    )
    await world.advance(3_000)
    expect(ben.node.roleOf(dora.id, mesh)).toBe('admin')
    await anna.start()
    await world.until(() => anna.node.meshes().length === 0, 5_000)
    expect([ben, cleo].map(({ node }) => node.isMember(anna.id))).toEqual([false, false])
    expect(ben.node.isMember(cleo.id)).toBe(true)
  }, 60_000)

  it('finds its members later when none is there at once', async () => {
    const { world, mesh, machines } = await createHouseholdWorld('anna', 'ben')
    const [anna, ben] = machines
    const { file } = await anna.node.exportRecovery(mesh, { passphrase, forget: false })
    await anna.kill()
    await ben.kill()
    const dora = await world.machine('dora')
    await dora.node.restoreRecovery(file, passphrase)
    await dora.kill()
    await dora.start()
    await world.advance(5_000)
    await ben.start()
    await world.until(() => ben.node.roleOf(dora.id, mesh) === 'admin', 70_000)
    await world.until(() => dora.node.meshes()[0]?.admins === 2, 5_000) // it and the lost one
    expect(dora.node.roleOf(ben.id, mesh)).toBe('member')
  }, 60_000)

  it('is recovered by one of its members as well', async () => {
    const { world, mesh, machines } = await createHouseholdWorld('anna', 'ben', 'cleo')
    const [anna, ben, cleo] = machines
    const { file } = await anna.node.exportRecovery(mesh, { passphrase, forget: true })
    expect(anna.node.meshes()).toMatchObject([{ hasRootKey: false }])
    await expect(anna.node.exportRecovery(mesh, { passphrase, forget: true })).rejects.toMatchObject({ code: 'not_found' })
    await anna.kill()
    expect(await ben.node.restoreRecovery(file, passphrase)).toMatchObject({ role: 'admin', hasRootKey: true })
    await world.until(() => cleo.node.roleOf(ben.id, mesh) === 'admin', 2_000)
    await ben.node.removeMember(mesh, anna.id)
    await world.until(() => !cleo.node.isMember(anna.id), 2_000)
    expect(cleo.audit.recorded.find(({ action }) => action === 'member.removed')).toMatchObject({ actorId: mesh, actor: 'Home' })
  }, 60_000)
})
