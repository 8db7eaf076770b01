import { describe, expect, it } from 'vitest'
import type { OwnDescription } from '../../../../electron/agent/components.ts'
import { openMemberRecord, signMemberRecord } from '../../../../electron/agent/membership/member-record.ts'
import { memberView } from '../../../../electron/agent/membership/member-views.ts'
import { judged, type OwnMesh } from '../../../../electron/agent/membership/own-mesh.ts'
import { ownStatement, saysTheSame } from '../../../../electron/agent/membership/own-record.ts'
import { openChain } from '../../../../electron/agent/membership/admission.ts'
import { someNodes } from '../../../fakes/hub-world.ts'
import { createTestKey, type TestKey } from '../../../fakes/test-identity.ts'
import { createTestMesh } from '../../../fakes/test-mesh.ts'

const [hub, spare] = someNodes(2) as [string, string]
const relay = (node: string) => `relay://${node}`

interface Situation {
  role?: 'member' | 'admin'
  joinedAt?: number
}

/** A mesh as one of its nodes knows it, which came at `joinedAt`. */
async function meshOf(self: TestKey, { role = 'member', joinedAt = 100 }: Situation = {}) {
  const test = createTestMesh()
  const admissions = [await test.admit(self, test.root, { role, at: joinedAt })]
  const chain = await openChain(test.root.id, { ...test.statement(self, admissions), admissions })
  const mesh: OwnMesh = judged({
    ...{ id: test.root.id, name: 'Home', rootKey: test.root.publicKey, role, admissions, joinedAt, recoveryExportedAt: null },
    ...{ chain, table: new Map(), notices: new Map(), hasRootKey: false },
  })
  return { ...test, mesh }
}

const description = (
  mesh: OwnMesh,
  role: { hub: boolean; via: string[] } | null,
  addresses = ['https://10.0.0.1:3000'],
): OwnDescription => ({
  ...{ name: 'anna', addresses, capabilities: [], services: [], version: '0.1.0', os: 'test' },
  ...(role && { relay: { [mesh.id]: role } }),
})

describe('what a node says of its relaying', () => {
  const self = createTestKey()
  const moment = { seen: 0, left: false, now: 1 }

  it('has the hubs it is attached to after its own addresses, within sixteen', async () => {
    const { mesh } = await meshOf(self)
    const few = ownStatement(mesh, self, { self: description(mesh, { hub: false, via: [hub, spare] }), ...moment })
    expect(few.addresses).toEqual(['https://10.0.0.1:3000', relay(hub), relay(spare)])
    const many = Array.from({ length: 16 }, (_, i) => `https://10.0.0.${i}:3000`)
    const said = ownStatement(mesh, self, { self: description(mesh, { hub: false, via: [hub, spare] }, many), ...moment })
    expect(said.addresses).toEqual([...many.slice(0, 14), relay(hub), relay(spare)])
  })

  it('is that it is a hub only while it is an admin', async () => {
    const [member, admin] = [await meshOf(self), await meshOf(self, { role: 'admin' })]
    const asHub = (mesh: OwnMesh) => ownStatement(mesh, self, { self: description(mesh, { hub: true, via: [] }), ...moment })
    expect(asHub(member.mesh).hub).toBeUndefined()
    expect(asHub(admin.mesh).hub).toBe(true)
  })

  it('is said in the one mesh and not in the others', async () => {
    const [one, other] = [await meshOf(self, { role: 'admin' }), await meshOf(self, { role: 'admin' })]
    const said = ownStatement(other.mesh, self, { self: description(one.mesh, { hub: true, via: [hub] }), ...moment })
    expect([said.hub, said.addresses]).toEqual([undefined, ['https://10.0.0.1:3000']])
  })

  it('is said anew when it changes, and only then', async () => {
    const { mesh } = await meshOf(self, { role: 'admin' })
    const before = description(mesh, { hub: true, via: [hub] })
    const said = ownStatement(mesh, self, { self: before, ...moment })
    const same = (role: { hub: boolean; via: string[] } | null) => saysTheSame(said, mesh, { self: description(mesh, role), seen: 0 })
    expect(same({ hub: true, via: [hub] })).toBe(true)
    expect([same({ hub: false, via: [hub] }), same({ hub: true, via: [] }), same({ hub: true, via: [spare] }), same(null)]).toEqual([
      ...[false, false, false, false],
    ])
  })
})

describe('what a member shows of its relaying', () => {
  const self = createTestKey()
  const contact = { state: 'online', lastSeen: null, resources: null } as const

  async function viewed(change: object, { role = 'member', at = 200, joinedAt = 100 }: Situation & { at?: number } = {}) {
    const test = await meshOf(self, { joinedAt })
    const node = createTestKey()
    const statement = test.statement(node, [await test.admit(node, test.root, { role, at })], change)
    const record = await openMemberRecord(await signMemberRecord(statement, node.privateKey))
    const mesh = judged({ ...test.mesh, table: new Map([[node.id, record]]) })
    return { ...test, mesh, view: memberView(mesh, record, { contact, blocked: null, refused: [] }) }
  }

  it('is whether it is a hub, while it is an admin, and through whom it is reached', async () => {
    const addresses = ['https://10.0.0.1:3000', relay(hub), 'relay://nonsense', relay(spare)]
    const asAdmin = (await viewed({ hub: true, addresses }, { role: 'admin' })).view
    expect(asAdmin).toMatchObject({ hub: true, via: [hub, spare] })
    expect(asAdmin.addresses).not.toContain(relay(hub))
    expect((await viewed({ hub: true }, { role: 'member' })).view.hub).toBe(false)
    expect((await viewed({ hub: false }, { role: 'admin' })).view.hub).toBe(false)
  })

  it('is nothing in a record of an older node', async () => {
    expect((await viewed({})).view).toMatchObject({ hub: false, via: [], addresses: ['https://10.0.0.1:3000'] })
  })

  it('was introduced by who let it in after this node came, else by who let this node in', async () => {
    const later = await viewed({}, { at: 200, joinedAt: 100 })
    expect(later.view.introducedBy).toEqual({ id: later.root.id, name: 'Home' })
    const admin = createTestKey()
    const test = await meshOf(self, { joinedAt: 100 })
    const adminAdmission = await test.admit(admin, test.root, { role: 'admin', at: 10 })
    const own = [adminAdmission, await test.admit(self, admin, { at: 100 })]
    const chain = await openChain(test.root.id, test.statement(self, own))
    const earlier = createTestKey()
    const token = await signMemberRecord(test.statement(earlier, [await test.admit(earlier, test.root, { at: 50 })]), earlier.privateKey)
    const record = await openMemberRecord(token)
    const mesh = judged({ ...test.mesh, chain, admissions: own, table: new Map([[earlier.id, record]]) })
    const view = memberView(mesh, record, { contact, blocked: null, refused: [] })
    expect(view.introducedBy.id).toBe(admin.id)
    expect(view.admittedBy.id).toBe(test.root.id)
  })
})
