import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Admission, signAdmission } from '../../../electron/agent/membership/admission.ts'
import { signMeshStatement } from '../../../electron/agent/membership/mesh-statement.ts'
import { signRevocation } from '../../../electron/agent/membership/revocation.ts'
import type { MeshView, PeerView } from '../../../electron/contract/snapshot.ts'
import type { TestKey } from '../../fakes/test-identity.ts'
import { createTestMesh } from '../../fakes/test-mesh.ts'
import { type NodeProcess, startNode } from '../node-process.ts'
import { createAttackers } from './attacker.ts'
import { expectLine } from './audit-lines.ts'
import { invite } from './invitation.ts'
import { createOutsider, type Outsider, type Proof } from './outsider.ts'

let attic: NodeProcess
/** A real member, and no admin. */
let member: Outsider
let proof: Proof
/** Somebody with a key of its own that nobody has let in. */
let mallory: Outsider
const newAttacker = createAttackers(() => attic)
const newOutsider = () => createOutsider(newAttacker())

beforeAll(async () => {
  attic = await startNode({ name: 'attic' })
  await attic.call('mesh.create', { name: 'Maple Street' })
  member = await createOutsider(newAttacker(), { name: 'mia' })
  proof = await member.enter((await invite(attic)).secret)
})
afterAll(() => attic?.stop())

const meshOf = async () => {
  const [mesh] = (await attic.call('mesh.list')).body.value as MeshView[]
  return { name: mesh?.name, role: mesh?.role, members: mesh?.members }
}
const membersOf = async () => ((await attic.call('peer.list')).body.value as PeerView[]).map(({ id }) => id)

/** An admission to the real mesh, signed by whoever likes to. */
function admit(subject: TestKey, by: TestKey, change: Partial<Admission> = {}): Promise<string> {
  const said = { mesh: proof.mesh.id, node: subject.id, key: subject.publicKey, role: 'member', term: 0, by: by.id, at: 1 } as const
  return signAdmission({ ...said, ...change }, by.privateKey)
}

/** The same token with other claims and its old signature. */
function altered(token: string, change: Partial<Admission>): string {
  const [header, payload = '', signature] = token.split('.')
  const claims = { ...(JSON.parse(Buffer.from(payload, 'base64url').toString()) as Admission), ...change }
  return [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.')
}

describe('an admission that is forged', () => {
  const forgeries: [string, () => Promise<Proof>][] = [
    [
      'from a root key made up for it',
      async () => {
        const { root } = createTestMesh()
        return { ...proof, rootKey: root.publicKey, admissions: [await admit(mallory, root)] }
      },
    ],
    [
      'from a root key made up for it, under the real one',
      async () => ({ ...proof, admissions: [await admit(mallory, { ...createTestMesh().root, id: proof.mesh.id })] }),
    ],
    ['with a link missing', async () => ({ ...proof, admissions: [await admit(mallory, member)] })],
    ['signed by a member that is no admin', async () => ({ ...proof, admissions: [...proof.admissions, await admit(mallory, member)] })],
    [
      'signed by a member whose role was flipped',
      async () => {
        const [founder = '', own = ''] = proof.admissions
        return { ...proof, admissions: [founder, altered(own, { role: 'admin' }), await admit(mallory, member)] }
      },
    ],
    [
      'of a member, with another key put in',
      async () => {
        const [founder = '', own = ''] = proof.admissions
        return { ...proof, admissions: [founder, altered(own, { node: mallory.id, key: mallory.publicKey })] }
      },
    ],
    ['of somebody else', async () => proof],
    [
      'to another mesh',
      async () => {
        const other = createTestMesh()
        return { ...proof, rootKey: other.root.publicKey, admissions: [await other.admit(mallory, other.root)] }
      },
    ],
  ]

  it.each(forgeries)('lets nobody in: %s', async (_what, forge) => {
    mallory = await newOutsider()
    const answer = await mallory.introduce(await mallory.record(await forge()))
    expect(answer).toMatchObject({ status: 403, code: 'untrusted' })
    await expectLine(attic, { action: 'request.refused', code: 'untrusted', address: mallory.address, node: mallory.id })
    expect(await mallory.knock()).toMatchObject({ status: 403, code: 'not_member' })
    expect(await membersOf()).toEqual([member.id])
  })

  it('is of no use with the mesh that it was made for', async () => {
    mallory = await newOutsider()
    const other = createTestMesh()
    const admissions = [await other.admit(mallory, other.root)]
    const record = await mallory.record({ mesh: other.root, rootKey: other.root.publicKey, admissions })
    expect(await mallory.introduce(record)).toMatchObject({ status: 403, code: 'not_member' })
    await expectLine(attic, { action: 'request.refused', code: 'not_member', address: mallory.address, node: mallory.id })
  })
})

describe('a member that is no admin', () => {
  const acts: [string, () => Promise<string>][] = [
    ['make itself an admin', async () => [...proof.admissions, await admit(member, member, { role: 'admin', term: 1 })].join(' ')],
    [
      'remove another one',
      () => {
        const said = { mesh: proof.mesh.id, node: member.id, key: member.publicKey, upTo: 9, by: member.id, at: 1, keeps: [] }
        return signRevocation({ ...said, rootKey: proof.rootKey, admissions: proof.admissions }, member.privateKey)
      },
    ],
    [
      'rename the mesh',
      () => {
        const said = { mesh: proof.mesh.id, version: 9, name: 'Mine', by: member.id, at: 1 }
        return signMeshStatement({ ...said, rootKey: proof.rootKey, admissions: proof.admissions }, member.privateKey)
      },
    ],
  ]

  it.each(acts)('cannot %s, by a sync or by an introduction', async (_what, act) => {
    const notice = await act()
    const sync = { mesh: proof.mesh.id, records: [], notices: [notice] }
    const before = await meshOf()
    await member.say('POST /peer/v1/sync', sync)
    await member.introduce(await member.record(proof), [notice])
    await expectLine(attic, { action: 'statement.refused', code: 'untrusted', node: member.id })
    expect(await meshOf()).toEqual(before)
    expect(await member.knock()).toMatchObject({ status: 400 })
  })
})
