import { describe, expect, it } from 'vitest'
import type { NodeCaller } from '../../../../electron/agent/components.ts'
import { openPolicyStatement, signPolicyStatement } from '../../../../electron/agent/membership/policy-statement.ts'
import { maxPolicyBytes, syncAsk } from '../../../../electron/agent/protocol/messages.ts'
import { createHouseholdWorld } from '../../../fakes/household-world.ts'
import { keptRecord } from '../../../fakes/kept-records.ts'
import type { Machine } from '../../../fakes/mesh-world.ts'
import { createTestKey } from '../../../fakes/test-identity.ts'

const callerOf = ({ identity: { id, publicKey } }: Machine): NodeCaller => ({ kind: 'node', id, publicKey, address: '192.0.2.99' })
const pushed = (mesh: string, policies: string[]) => ({ mesh, records: [], notices: [], policies })
const heldBy = ({ database }: Machine) =>
  database
    .prepare('SELECT notice FROM notices')
    .all()
    .map(({ notice }) => String(notice))

/** What a member signs a policy with: its own chain, as another member knows it. */
async function proofOf(of: Machine, mesh: string, by: Machine) {
  const { rootKey, admissions } = (await keptRecord(of, mesh, by)).statement
  return { mesh, capability: 'ai' as const, version: 9, rules: { replication: 9 }, by: of.id, at: 1, rootKey, admissions }
}

describe('a member that is no admin', () => {
  it('decides nothing, by whatever key or chain, and it is noted who passed it on', async () => {
    const { mesh, machines } = await createHouseholdWorld('anna', 'ben', 'cleo')
    const [anna, ben] = machines
    const own = await proofOf(ben, mesh, anna)
    const annas = await proofOf(anna, mesh, ben)
    const root = createTestKey()
    const key = ben.identity.privateKey
    const forged = [
      await signPolicyStatement(own, key),
      await signPolicyStatement(annas, key),
      await signPolicyStatement({ ...own, by: mesh, admissions: [] }, key),
      await signPolicyStatement({ ...own, by: mesh, rootKey: root.publicKey, admissions: [] }, root.privateKey),
    ]
    for (const policy of forged) await anna.node.inbox.sync(callerOf(ben), pushed(mesh, [policy]))
    expect(anna.node.policyOf(mesh, 'ai')).toBeNull()
    expect(anna.audit.recorded.filter(({ action }) => action === 'statement.refused')).toMatchObject(forged.map(() => ({ actor: 'ben' })))
  })

  it('cannot bring back an older policy, nor one of another mesh', async () => {
    const { world, mesh, machines } = await createHouseholdWorld('anna', 'ben', 'cleo')
    const [anna, ben, cleo] = machines
    await anna.node.setPolicy(mesh, 'ai', { replication: 2 })
    const [older = 'none'] = heldBy(anna)
    await anna.node.setPolicy(mesh, 'ai', { replication: 3 })
    await world.until(() => cleo.node.policyOf(mesh, 'ai')?.version === 2, 1_000)
    const elsewhere = createTestKey()
    const foreign = {
      ...(await proofOf(anna, mesh, ben)),
      mesh: elsewhere.id,
      rootKey: elsewhere.publicKey,
      by: elsewhere.id,
      admissions: [],
    }
    await cleo.node.inbox.sync(callerOf(ben), pushed(mesh, [older]))
    await cleo.node.inbox.sync(callerOf(ben), pushed(mesh, [await signPolicyStatement(foreign, elsewhere.privateKey)]))
    expect(cleo.node.policyOf(mesh, 'ai')).toMatchObject({ rules: { replication: 3 }, version: 2 })
    expect(heldBy(cleo)).toHaveLength(1)
  })
})

describe('a removed admin', () => {
  it('decides nothing any more, whatever version it writes and whoever passes it on', async () => {
    const { world, mesh, machines } = await createHouseholdWorld('anna', 'ben', 'cleo')
    const [anna, ben, cleo] = machines
    await anna.node.setRole(mesh, ben.id, 'admin')
    await world.until(() => cleo.node.roleOf(ben.id, mesh) === 'admin', 2_000)
    await world.advance(500)
    const proof = { ...(await proofOf(ben, mesh, anna)), version: Number.MAX_SAFE_INTEGER }
    await anna.node.setPolicy(mesh, 'ai', { replication: 2 })
    await anna.node.removeMember(mesh, ben.id)
    await world.until(() => !cleo.node.isMember(ben.id), 2_000)
    const late = await signPolicyStatement(proof, ben.identity.privateKey)
    await cleo.node.inbox.sync(callerOf(anna), pushed(mesh, [late]))
    await world.advance(5_000)
    for (const each of [anna, cleo])
      expect(each.node.policyOf(mesh, 'ai')).toMatchObject({ rules: { replication: 2 }, by: { name: 'anna' } })
    await anna.node.setPolicy(mesh, 'ai', { replication: 3 })
    await world.until(() => cleo.node.policyOf(mesh, 'ai')?.rules?.replication === 3, 1_000)
  })

  it('leaves no version behind that nobody can go beyond', async () => {
    const { world, mesh, machines } = await createHouseholdWorld('anna', 'ben', 'cleo')
    const [anna, ben, cleo] = machines
    await anna.node.setRole(mesh, ben.id, 'admin')
    await world.until(() => cleo.node.roleOf(ben.id, mesh) === 'admin', 2_000)
    await world.advance(500)
    const last = { ...(await proofOf(ben, mesh, anna)), version: Number.MAX_SAFE_INTEGER }
    await anna.node.inbox.sync(callerOf(ben), pushed(mesh, [await signPolicyStatement(last, ben.identity.privateKey)]))
    await expect(anna.node.setPolicy(mesh, 'ai', null)).rejects.toMatchObject({
      code: 'conflict',
      action: expect.stringContaining('ben') as string,
    })
    await anna.node.removeMember(mesh, ben.id)
    await anna.node.setPolicy(mesh, 'ai', { replication: 2 })
    await world.until(() => cleo.node.policyOf(mesh, 'ai')?.rules?.replication === 2, 1_000)
  })
})

describe('a policy that is too much', () => {
  const key = createTestKey()
  const ai = 'ai' as const
  const said = { mesh: key.id, capability: ai, version: 1, by: key.id, at: 1, rootKey: key.publicKey, admissions: [] }

  it('is refused: too long, or with more nodes than a list may have', async () => {
    const many = Array.from({ length: 65 }, (_, i) => `node ${i}`)
    const long = await signPolicyStatement({ ...said, rules: null, pad: 'x'.repeat(maxPolicyBytes) } as never, key.privateKey)
    await expect(openPolicyStatement(long)).rejects.toMatchObject({ code: 'too_large' })
    const listed = await signPolicyStatement({ ...said, rules: { preferredNodes: many } }, key.privateKey)
    await expect(openPolicyStatement(listed)).rejects.toMatchObject({ code: 'untrusted' })
    expect(syncAsk.safeParse(pushed(key.id, [long])).success).toBe(false)
    expect(syncAsk.safeParse(pushed(key.id, many.slice(0, 9))).success).toBe(false)
  })

  it('may be as long as the longest lists and chain make it', async () => {
    const nodes = Array.from({ length: 64 }, (_, i) => `${i}`.padEnd(64, 'x'))
    const policy = await signPolicyStatement({ ...said, rules: { preferredNodes: nodes, fallbackNodes: nodes } }, key.privateKey)
    const chainOfEight = 8 * 1.4 * 800
    expect(policy.length + chainOfEight).toBeLessThan(maxPolicyBytes)
    expect((await openPolicyStatement(policy)).rules?.fallbackNodes).toHaveLength(64)
  })

  it('keeps what this version knows of rules that a later one wrote', async () => {
    const rules = { onlyDirect: true, loadBalancing: 'by-the-moon', solarOnly: true } as never
    expect((await openPolicyStatement(await signPolicyStatement({ ...said, rules }, key.privateKey))).rules).toEqual({ onlyDirect: true })
  })
})
