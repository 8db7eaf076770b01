import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openChain } from '../../../../electron/agent/membership/admission.ts'
import { openMemberRecord } from '../../../../electron/agent/membership/member-record.ts'
import { openMeshStatement } from '../../../../electron/agent/membership/mesh-statement.ts'
import { admissionNotice } from '../../../../electron/agent/membership/notice.ts'
import { openPolicyStatement } from '../../../../electron/agent/membership/policy-statement.ts'
import { openRecovery } from '../../../../electron/agent/membership/recovery-file.ts'
import { openRevocation } from '../../../../electron/agent/membership/revocation.ts'
import { signedVectors } from '../../../fixtures/signed-vectors.ts'

const { mesh, rootKey, anna, ben, keptDigest, admissions, record, revocation, statement, policy, recovery, passphrase } = signedVectors
const chain = admissionNotice(admissions)

const formats = [
  { name: 'an admission', text: chain, runs: 400, open: (text: string) => openChain(mesh, { rootKey, admissions: text.split(' ') }) },
  { name: 'a member record', text: record, runs: 400, open: openMemberRecord },
  { name: 'a revocation', text: revocation, runs: 400, open: openRevocation },
  { name: 'a mesh statement', text: statement, runs: 400, open: openMeshStatement },
  { name: 'a policy', text: policy, runs: 400, open: openPolicyStatement },
  { name: 'a recovery file', text: recovery, runs: 60, open: (text: string) => openRecovery(text, passphrase) },
]

describe('what was signed once', () => {
  it('holds for ever: the admission chain', async () => {
    expect(await openChain(mesh, { rootKey, admissions })).toMatchObject([
      { node: anna, role: 'admin', term: 0, by: mesh, at: 1_767_225_600_000 },
      { node: ben, role: 'member', term: 0, by: anna },
    ])
  })
  it('holds for ever: the member record', async () => {
    expect(await openMemberRecord(record)).toMatchObject({ role: 'member', admittedBy: anna, statement: { mesh, node: ben, name: 'ben' } })
  })
  it('holds for ever: the revocation', async () => {
    expect(await openRevocation(revocation)).toMatchObject({ mesh, node: ben, upTo: 0, by: anna, keeps: new Set([keptDigest]) })
  })
  it('holds for ever: the mesh statement', async () => {
    expect(await openMeshStatement(statement)).toMatchObject({ mesh, version: 1, name: 'Home', by: anna })
  })
  it('holds for ever: the policy', async () => {
    const rules = { preferredNodes: [signedVectors.policyBy], loadBalancing: 'least-loaded', onlyDirect: true, maxDistance: 50 }
    const said = { mesh: signedVectors.policyMesh, capability: 'ai', version: 3, rules, by: signedVectors.policyBy }
    expect(await openPolicyStatement(policy)).toMatchObject(said)
  })
  it('holds for ever: the recovery file', async () => {
    const members = [{ id: ben, addresses: ['https://10.0.0.2:3000'] }]
    expect(await openRecovery(recovery, passphrase)).toMatchObject({ mesh, rootKey, name: 'Home', members })
  })
})

describe.each(formats)('$name', ({ text, runs, open }) => {
  it('does not survive any flipped bit', async () => {
    const flip = fc.record({ place: fc.nat(text.length - 1), bit: fc.nat(6) })
    await fc.assert(
      fc.asyncProperty(flip, async ({ place, bit }) => {
        const changed = Buffer.from(text)
        changed[place] = (changed[place] ?? 0) ^ (1 << bit)
        await expect(open(changed.toString('latin1'))).rejects.toMatchObject({ name: 'FcnError' })
      }),
      { numRuns: runs },
    )
  }, 30_000)

  it('is refused when it is anything else', async () => {
    const word = fc.oneof(fc.string(), fc.base64String(), fc.json().map((json) => Buffer.from(json).toString('base64url'))) // prettier-ignore
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 6 }), async (words) => {
        await expect(open(words.join('.'))).rejects.toMatchObject({ name: 'FcnError' })
      }),
    )
  })

  it('is not taken for another format', async () => {
    const others = formats.filter((other) => other.text !== text)
    const outcomes = await Promise.allSettled(others.map((other) => open(other.text)))
    expect(outcomes.map(({ status }) => status)).toEqual(others.map(() => 'rejected'))
  })
})
