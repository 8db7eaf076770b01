import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextVersion, openMemberRecord, peekMemberRecord, signMemberRecord } from '../../../../electron/agent/membership/member-record.ts'
import { signToken } from '../../../../electron/agent/membership/signed-token.ts'
import { maxRecordBytes } from '../../../../electron/agent/protocol/messages.ts'
import { createTestKey } from '../../../fakes/test-identity.ts'
import { createTestMesh } from '../../../fakes/test-mesh.ts'

const mesh = createTestMesh()
const node = createTestKey()
const token = await mesh.record(node, { services: [{ id: 'wiki', name: 'Wiki', status: 'active' }] })
const untrusted = { code: 'untrusted' }

/** Made once by this code; must never stop holding. */
const vector = {
  mesh: 'AADVVYZ-NERFMMO-TKDB2KZ-4S25472',
  node: 'XBWHX46-DYV57GQ-5ZUYKU7-R6COF5D',
  token: [
    'eyJhbGciOiJFUzI1NiIsInR5cCI6ImZjbi1tZW1iZXIifQ.eyJtZXNoIjoiQUFEVlZZWi1ORVJGTU1PLVRLREIyS1otNFMyNTQ3MiIsIm5vZGUiOiJYQldIW',
    'DQ2LURZVjU3R1EtNVpVWUtVNy1SNkNPRjVEIiwia2V5IjoiTUZrd0V3WUhLb1pJemowQ0FRWUlLb1pJemowREFRY0RRZ0FFQ0lDT1liRmJSVzUwWGotMU9SX',
    '3RDV0U3OU04S1lwa25LNnMzbHB3NXdaNVdjdnJERHhFOGQ1SWFFRFIxTUpmZGYtRkJjRzQ4WV9wa3dFVmpsclh1elEiLCJ2ZXJzaW9uIjoxLCJuYW1lIjoiY',
    'W5uYSIsImFkZHJlc3NlcyI6WyJodHRwczovLzEwLjAuMC4xOjMwMDAiXSwiY2FwYWJpbGl0aWVzIjpbXSwic2VydmljZXMiOltdLCJzb2Z0d2FyZSI6IjAuM',
    'S4wIiwib3MiOiJ0ZXN0IiwibGVmdCI6ZmFsc2UsInJvb3RLZXkiOiJNRmt3RXdZSEtvWkl6ajBDQVFZSUtvWkl6ajBEQVFjRFFnQUV4aExURTZQd2xfSS0wS',
    'G14blVlenhKXzRDNEo4NnZJcWlTZkNnOWg3WWJ2dXJmUVBrLTd0VFJJYl9HWHJmX3R3a3ZFRUdKZ3VRNk5faUYtdWt0Yi1BQSIsImFkbWlzc2lvbnMiOlsiZ',
    'XlKaGJHY2lPaUpGVXpJMU5pSXNJblI1Y0NJNkltWmpiaTFoWkcxcGMzTnBiMjRpZlEuZXlKdFpYTm9Jam9pUVVGRVZsWlpXaTFPUlZKR1RVMVBMVlJMUkVJe',
    'VMxb3RORk15TlRRM01pSXNJbTV2WkdVaU9pSllRbGRJV0RRMkxVUlpWalUzUjFFdE5WcFZXVXRWTnkxU05rTlBSalZFSWl3aWEyVjVJam9pVFVacmQwVjNXV',
    'WhMYjFwSmVtb3dRMEZSV1VsTGIxcEplbW93UkVGUlkwUlJaMEZGUTBsRFQxbGlSbUpTVnpVd1dHb3RNVTlTWDNSRFYwVTNPVTA0UzFsd2EyNUxObk16YkhCM',
    '05YZGFOVmRqZG5KRVJIaEZPR1ExU1dGRlJGSXhUVXBtWkdZdFJrSmpSelE0V1Y5d2EzZEZWbXBzY2xoMWVsRWlMQ0p5YjJ4bElqb2liV1Z0WW1WeUlpd2lZb',
    'mtpT2lKQlFVUldWbGxhTFU1RlVrWk5UVTh0VkV0RVFqSkxXaTAwVXpJMU5EY3lJaXdpWVhRaU9qRjkuSTdJd3gtZm54cHdGcmFrVjg2bXN6NU8yV0pQX2ptN',
    'HlHd2xhMlNCTi1YUkJ6NjBUV1Jpd2w5N19NNlNGNmM5VkEwXzVnb2Z3bmVKQTNfRE5ib1A3UHciXX0.4OO2o1BFANrpr4Y6ZxX7If-_9RGJL5njr0IHe7fwy',
    '7opPNpEY_CWbx3XBCRBWYr9GBZM4-hadkhoakePgTztxA',
  ].join(''),
}

describe('a member record', () => {
  it('says what its node said, with role and admission', async () => {
    const record = await openMemberRecord(token)
    expect(record).toMatchObject({
      token,
      role: 'member',
      admittedBy: mesh.root.id,
      statement: { node: node.id, name: 'anna', version: 1 },
    })
    expect(peekMemberRecord(token)).toEqual({ mesh: mesh.root.id, node: node.id, version: 1 })
  })

  it('does not survive any flipped bit', async () => {
    const bits = fc.record({ place: fc.nat(token.length - 1), bit: fc.nat(6) })
    await fc.assert(
      fc.asyncProperty(bits, async ({ place, bit }) => {
        const changed = Buffer.from(token)
        changed[place] = (changed[place] ?? 0) ^ (1 << bit)
        await expect(openMemberRecord(changed.toString('latin1'))).rejects.toMatchObject(untrusted)
      }),
      { numRuns: 400 },
    )
  })

  it('is refused whatever else it is', async () => {
    const parts = fc.array(
      fc.oneof(
        fc.string(),
        fc.base64String(),
        fc.json().map((text) => Buffer.from(text).toString('base64url')),
      ),
      { maxLength: 4 },
    )
    await fc.assert(
      fc.asyncProperty(parts, async (words) => {
        await expect(openMemberRecord(words.join('.'))).rejects.toMatchObject(untrusted)
      }),
    )
    await expect(openMemberRecord('x'.repeat(maxRecordBytes + 1))).rejects.toMatchObject({ code: 'too_large' })
  })

  it('cannot be signed by another node, nor carry its admission', async () => {
    const other = createTestKey()
    const admission = await mesh.admit(node, mesh.root)
    await expect(openMemberRecord(await signMemberRecord(mesh.statement(node, [admission]), other.privateKey))).rejects.toMatchObject(
      untrusted,
    )
    await expect(openMemberRecord(await signMemberRecord(mesh.statement(other, [admission]), other.privateKey))).rejects.toMatchObject(
      untrusted,
    )
  })

  it('is no token of another type', async () => {
    const admission = await signToken('fcn-admission', mesh.statement(node, [await mesh.admit(node, mesh.root)]), node.privateKey)
    await expect(openMemberRecord(admission)).rejects.toMatchObject(untrusted)
  })

  it('leaves services out rather than growing too long', async () => {
    const services = Array.from({ length: 256 }, (_, i) => ({
      id: `service-${i}`.padEnd(60, 'x'),
      name: 'n'.repeat(60),
      status: 'active' as const,
    }))
    const long = await mesh.record(node, { services })
    expect(long.length).toBeLessThanOrEqual(maxRecordBytes)
    const { statement } = await openMemberRecord(long)
    expect(statement.services.length).toBeGreaterThan(20)
    expect(statement.services[0]?.id).toBe(services[0]?.id)
  })

  it('has versions that grow, also when the clock is set back', () => {
    fc.assert(
      fc.property(fc.nat(), fc.array(fc.integer({ min: 0, max: 2 ** 42 })), (first, clocks) => {
        let last = first
        for (const now of clocks) {
          const next = nextVersion(last, now)
          expect(next).toBeGreaterThan(last)
          last = next
        }
      }),
    )
  })

  it('keeps its layout: an old record with a known key can still be read', async () => {
    const record = await openMemberRecord(vector.token)
    expect(record.statement.mesh).toBe(vector.mesh)
    expect(record.statement.node).toBe(vector.node)
  })
})
