import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AuditEntry } from '../../../electron/contract/audit.ts'
import type { JoinView, MeshView, RequestView, Snapshot } from '../../../electron/contract/snapshot.ts'
import { eventually } from '../../support/eventually.ts'
import { type NodeProcess, startNode } from '../node-process.ts'
import { startMeddler } from './meddler.ts'

let attic: NodeProcess
let mia: NodeProcess
let meddler: Awaited<ReturnType<typeof startMeddler>>

const listOf = async <T>(node: NodeProcess, call: string, input: object = {}) => (await node.call(call, input)).body.value as T[]
const joins = () => listOf<JoinView>(mia, 'join.list')
const requests = () => listOf<RequestView>(attic, 'request.list')
const audit = async (node: NodeProcess, wanted: string) =>
  (await listOf<AuditEntry>(node, 'audit.list')).filter(({ action }) => action === wanted)
const warnings = async (node: NodeProcess) => Object.keys(((await node.call('snapshot.get')).body.value as Snapshot).health)

/** Mia joins what she takes for the attic. */
async function joinThroughMeddler(): Promise<JoinView> {
  const { body } = await mia.call('join.start', { url: meddler.url })
  return body.value as JoinView
}

async function expectNothingAdmitted(): Promise<void> {
  expect(await listOf<MeshView>(mia, 'mesh.list')).toEqual([])
  expect(await listOf<MeshView>(attic, 'mesh.list')).toMatchObject([{ name: 'Maple Street', members: 1 }])
  expect(await listOf(attic, 'peer.list')).toEqual([])
  expect(await audit(attic, 'member.approved')).toEqual([])
}

beforeEach(async () => {
  ;[attic, mia] = await Promise.all([startNode({ name: 'attic' }), startNode({ name: 'mia' })])
  await attic.call('mesh.create', { name: 'Maple Street' })
  meddler = await startMeddler(attic)
})
afterEach(async () => {
  await meddler.close()
  await Promise.all([attic.stop(), mia.stop()])
})

describe('a man in the middle with a key of its own', () => {
  it('makes the two screens show different codes, and lets nobody in', async () => {
    const join = await joinThroughMeddler()
    expect(join).toMatchObject({
      state: 'waiting',
      approver: { id: meddler.id, name: 'attic' },
      code: expect.stringMatching(/^\d{6}$/u) as string,
    })
    const [request] = await requests()
    expect(request).toMatchObject({ node: { id: meddler.id, name: 'mia' }, code: expect.stringMatching(/^\d{6}$/u) as string })
    expect(join.code).not.toBe(request?.code)

    // each person reads out the code of their own screen
    const approved = await attic.call('request.approve', { id: request?.id, code: join.code })
    expect(approved).toMatchObject({ status: 409, body: { error: { code: 'code_mismatch' } } })
    const confirmed = await mia.call('join.confirm', { id: join.id, code: request?.code })
    expect(confirmed).toMatchObject({ status: 409, body: { error: { code: 'code_mismatch' } } })
    await expectNothingAdmitted()

    expect((await mia.call('join.cancel', { id: join.id, codesDiffer: true })).status).toBe(200)
    expect((await attic.call('request.reject', { id: request?.id, codesDiffer: true })).status).toBe(200)
    expect([await joins(), await requests()]).toEqual([[], []])
    await expectNothingAdmitted()
    for (const node of [attic, mia]) {
      expect((await audit(node, 'join.codes_differ')).length).toBeGreaterThan(0)
      expect(await warnings(node)).toContain('codes_differed')
    }

    // a second guess has to wait
    const again = await joinThroughMeddler()
    expect(again).toMatchObject({ state: 'connecting', code: null, problem: { code: 'too_many' } })
    expect(again.problem?.details?.['retryAfter']).toBeGreaterThan(0)
    expect(meddler.refusals.at(-1)).toMatchObject({ path: '/peer/v1/join', status: 429, code: 'too_many' })
    expect(await requests()).toEqual([])
  })

  it('cannot choose its nonce once it knows the joiner’s', async () => {
    meddler.use('grind')
    expect(await mia.call('join.start', { url: meddler.url })).toMatchObject({ status: 403, body: { error: { code: 'untrusted' } } })
    expect(meddler.refusals.at(-1)).toMatchObject({ status: 403, code: 'untrusted' })
    expect(await requests()).toEqual([])
    expect(await audit(attic, 'join.refused')).toMatchObject([{ actorId: meddler.id, outcome: 'refused', details: { why: 'wrong_nonce' } }])
    await expectNothingAdmitted()
  })

  it('cannot let the joiner into a mesh of its own', async () => {
    meddler.use('welcome')
    expect(await mia.call('join.start', { url: meddler.url })).toMatchObject({ status: 403, body: { error: { code: 'untrusted' } } })
    await expectNothingAdmitted()
  })

  it('is noticed at once when the joiner knows the id of the approver', async () => {
    const { id } = (await attic.call('node.get')).body.value as { id: string }
    const refused = await mia.call('join.start', { url: meddler.url, node: id })
    expect(refused).toMatchObject({ body: { error: { code: 'key_mismatch', details: { expected: id, found: meddler.id } } } })
    expect(await requests()).toEqual([])
  })

  it('gains nothing from an approver that approves without looking, as long as the joiner looks', async () => {
    const join = await joinThroughMeddler()
    const [request] = await requests()
    await attic.call('request.approve', { id: request?.id })
    await eventually('mia hears of it', async () => (await joins())[0]?.state === 'confirming')
    expect(await listOf<MeshView>(mia, 'mesh.list')).toEqual([])
    expect(await mia.call('join.cancel', { id: join.id, codesDiffer: true })).toMatchObject({ status: 200 })
    expect(await listOf<MeshView>(mia, 'mesh.list')).toEqual([])
  })
})
