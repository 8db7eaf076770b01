import { describe, expect, it } from 'vitest'
import { openChain, subjectOf } from '../../../../electron/agent/membership/admission.ts'
import { createTestKey } from '../../../fakes/test-identity.ts'
import { createTestMesh } from '../../../fakes/test-mesh.ts'

const mesh = createTestMesh()
const founder = createTestKey()
const member = createTestKey()
const other = createTestKey()
const verify = async (...admissions: string[]) => subjectOf(await openChain(mesh.root.id, { rootKey: mesh.root.publicKey, admissions }))
const byRoot = await mesh.admit(founder, mesh.root, { role: 'admin' })
const untrusted = { code: 'untrusted' }

describe('an admission chain', () => {
  it('proves membership with nothing but the mesh id', async () => {
    expect(await verify(byRoot)).toMatchObject({ node: founder.id, role: 'admin', by: mesh.root.id })
    expect(await verify(byRoot, await mesh.admit(member, founder))).toMatchObject({ node: member.id, role: 'member', by: founder.id })
  })

  it('needs an admin behind every link', async () => {
    const plain = await mesh.admit(member, founder)
    await expect(verify(byRoot, plain, await mesh.admit(other, member))).rejects.toMatchObject(untrusted)
  })

  it('holds for no other mesh', async () => {
    const elsewhere = createTestMesh()
    await expect(openChain(elsewhere.root.id, { rootKey: mesh.root.publicKey, admissions: [byRoot] })).rejects.toMatchObject(untrusted)
    await expect(openChain(elsewhere.root.id, { rootKey: elsewhere.root.publicKey, admissions: [byRoot] })).rejects.toMatchObject(untrusted)
    await expect(verify(await mesh.admit(member, mesh.root, { mesh: elsewhere.root.id }))).rejects.toMatchObject(untrusted)
  })

  it('cannot be shortened, extended by a stranger, or pinned to another key', async () => {
    await expect(verify()).rejects.toMatchObject(untrusted)
    await expect(verify(await mesh.admit(member, founder))).rejects.toMatchObject(untrusted)
    await expect(verify(byRoot, await mesh.admit(member, other, { by: founder.id }))).rejects.toMatchObject(untrusted)
    await expect(verify(await mesh.admit(member, mesh.root, { key: other.publicKey }))).rejects.toMatchObject(untrusted)
    await expect(verify(...Array.from({ length: 9 }, () => byRoot))).rejects.toMatchObject(untrusted)
  })
})
