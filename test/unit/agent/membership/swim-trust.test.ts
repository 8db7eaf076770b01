import { describe, expect, it } from 'vitest'
import { FcnError } from '../../../../electron/agent/errors.ts'
import { signMemberRecord } from '../../../../electron/agent/membership/member-record.ts'
import type { OwnMesh } from '../../../../electron/agent/membership/own-mesh.ts'
import { createSwimTrust } from '../../../../electron/agent/membership/swim-trust.ts'
import type { SignedRecord } from '../../../../electron/agent/membership/swim/ports.ts'
import { signedVectors } from '../../../fixtures/signed-vectors.ts'
import { createTestKey, type TestKey } from '../../../fakes/test-identity.ts'

const { mesh, ben, record, revocation } = signedVectors

async function recordOf({ id, publicKey, privateKey }: TestKey): Promise<SignedRecord> {
  const says = { name: 'anna', addresses: [], capabilities: [], services: [], software: '0.1.0', os: 'test', left: false }
  const statement = { ...says, mesh, node: id, key: publicKey, version: 1, rootKey: 'r', admissions: ['a'] }
  return { node: id, version: 1, left: false, token: await signMemberRecord(statement, privateKey) }
}

interface World {
  merge?: () => Promise<boolean>
  taken?: string[]
  standing?: 'member' | 'removed'
  blocked?: boolean
}

const trustOf = (key: TestKey, { merge = async () => true, taken = [], standing = 'member', blocked = false }: World = {}, of = mesh) =>
  createSwimTrust(
    {
      identity: key,
      meshes: {
        get: () => ({ judgement: { of: () => ({ state: standing }) } }) as unknown as OwnMesh,
        merge,
        takeNotices: async (_mesh, texts) => taken.push(...texts) > 0,
      },
      isBlocked: () => blocked,
    },
    { mesh: of },
  )

describe('what a node says of its presence', () => {
  it('holds for that node, mesh, incarnation and word only', async () => {
    const [anna, cleo] = [createTestKey(), createTestKey()]
    const [annas, cleos] = await Promise.all([recordOf(anna), recordOf(cleo)])
    const token = await trustOf(anna).sign({ incarnation: 7, gone: false })
    const said = { node: anna.id, incarnation: 7, gone: false, token }
    const { checkStatement } = trustOf(cleo)
    expect(checkStatement(said, annas)).toBe(true)
    for (const change of [
      { incarnation: 8 },
      { gone: true },
      { node: cleo.id },
      { token: `${token.slice(0, -4)}AAAA` },
      { token: '' },
      { token: '!' },
    ]) {
      expect(checkStatement({ ...said, ...change }, annas)).toBe(false)
    }
    expect(checkStatement(said, cleos)).toBe(false)
    expect(trustOf(cleo, {}, ben).checkStatement(said, annas)).toBe(false)
  })

  it('holds as an answer for who asked, and his question only', async () => {
    const anna = createTestKey()
    const annas = await recordOf(anna)
    const question = { asker: 'cleo', nonce: 'nonce-1' }
    const proof = { node: anna.id, ...question, token: await trustOf(anna).prove(question) }
    const { checkProof, checkStatement } = trustOf(createTestKey())
    expect(checkProof(proof, annas)).toBe(true)
    expect(checkProof({ ...proof, asker: 'dora' }, annas)).toBe(false)
    expect(checkProof({ ...proof, nonce: 'nonce-2' }, annas)).toBe(false)
    expect(checkStatement({ node: anna.id, incarnation: 1, gone: false, token: proof.token }, annas)).toBe(false)
  })

  it('does not hold with a record whose key is not the node’s, or that is none', async () => {
    const [anna, mallory] = [createTestKey(), createTestKey()]
    const token = await trustOf(mallory).sign({ incarnation: 1, gone: true })
    const said = { node: anna.id, incarnation: 1, gone: true, token }
    const { checkStatement } = trustOf(createTestKey())
    expect(checkStatement(said, { ...(await recordOf(mallory)), node: anna.id })).toBe(false)
    expect(checkStatement(said, { node: anna.id, version: 1, left: false, token: 'a.b.c' })).toBe(false)
  })
})

describe('a record that a member passes on', () => {
  const shown = { node: ben, version: 1, left: false, token: record }
  const failing = (code: FcnError['code']) => trustOf(createTestKey(), { merge: () => Promise.reject(new FcnError(code, 'No.')) })

  it('holds when it was taken in, and also when its node was removed: whoever passes it on may not know', async () => {
    expect(await trustOf(createTestKey()).checkRecord(shown)).toBe(true)
    expect(await failing('removed').checkRecord(shown)).toBe(true)
  })

  it('does not hold when its signatures do not; what fails here is not held against anybody', async () => {
    expect(await failing('untrusted').checkRecord(shown)).toBe(false)
    await expect(failing('disk_full').checkRecord(shown)).rejects.toMatchObject({ code: 'disk_full' })
  })
})

describe('a removal that a member passes on', () => {
  it('is taken in when it is what it is said to be', async () => {
    const taken: string[] = []
    const { checkNotice } = trustOf(createTestKey(), { taken })
    expect(await checkNotice({ node: ben, version: 0, token: revocation })).toBe(true)
    expect(taken).toEqual([revocation])
  })

  it.each([
    ['another node', { node: mesh }],
    ['another term', { version: 1 }],
    ['an altered signature', { token: `${revocation.slice(0, -4)}AAAA` }],
    ['no token', { token: 'x' }],
  ])('is not taken in when it shows %s', async (_what, change) => {
    const taken: string[] = []
    const { checkNotice } = trustOf(createTestKey(), { taken })
    expect(await checkNotice({ node: ben, version: 0, token: revocation, ...change })).toBe(false)
    expect(taken).toEqual([])
  })
})

describe('a node', () => {
  it('is admitted while its evidence says so and this node’s user does not block it', () => {
    const shown = { node: ben, version: 1, left: false, token: record }
    const admits = (world: World) => trustOf(createTestKey(), world).admits(shown, null)
    expect([{}, { standing: 'removed' as const }, { blocked: true }].map(admits)).toEqual([true, false, false])
  })
})
