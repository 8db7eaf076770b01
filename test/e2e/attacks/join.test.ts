import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { joinCommitment, nonceBytes } from '../../../electron/agent/membership/comparison-code.ts'
import type { JoinAnswer } from '../../../electron/agent/protocol/messages.ts'
import type { MeshView, RequestView } from '../../../electron/contract/snapshot.ts'
import { eventually } from '../../support/eventually.ts'
import { type NodeProcess, startNode } from '../node-process.ts'
import { createAttackers } from './attacker.ts'
import { expectLine } from './audit-lines.ts'
import { createOutsider, type Outsider } from './outsider.ts'

let attic: NodeProcess
/** An honest joiner; somebody has seen all that it said. */
let mia: Outsider
let mallory: Outsider
let nonce: Buffer
let request: string
const newAttacker = createAttackers(() => attic)

const requests = async () => (await attic.call('request.list')).body.value as RequestView[]
const requestOf = async ({ id }: Outsider) => (await requests()).find(({ node }) => node.id === id)
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
const commitmentTo = (secret: Uint8Array) => textOf(joinCommitment(secret))
const reveal = (who: Outsider, id: string, secret: Uint8Array) => who.say(`POST /peer/v1/join/${id}/reveal`, { nonce: textOf(secret) })

async function askAs(who: Outsider, secret: Uint8Array): Promise<string> {
  const { body } = await who.ask({ commitment: commitmentTo(secret) })
  const answer = body as JoinAnswer
  if (answer.state !== 'reveal') throw new Error(`Not asked to reveal: ${JSON.stringify(body)}`)
  return answer.request
}

beforeAll(async () => {
  attic = await startNode({ name: 'attic' })
  await attic.call('mesh.create', { name: 'Maple Street' })
  ;[mia, mallory] = await Promise.all([createOutsider(newAttacker(), { name: 'mia' }), createOutsider(newAttacker())])
  nonce = randomBytes(nonceBytes)
  request = await askAs(mia, nonce)
  await reveal(mia, request, nonce)
  await eventually('her request waits', () => requestOf(mia))
})
afterAll(() => attic?.stop())

describe('somebody who has seen how another node asked to join', () => {
  it.each([
    ['learn its answer', () => mallory.say(`GET /peer/v1/join/${request}`)],
    ['reveal in its place', () => reveal(mallory, request, nonce)],
    ['withdraw it', () => mallory.say(`DELETE /peer/v1/join/${request}`)],
  ])('cannot %s', async (_what, attack) => {
    expect(await attack()).toMatchObject({ status: 404, code: 'not_found' })
    const line = await expectLine(attic, { action: 'join.refused', address: mallory.address, node: mallory.id })
    expect(line).toMatchObject({ outcome: 'refused', details: { why: 'other_request' } })
    expect(await requestOf(mia)).toBeDefined()
  })

  it('cannot reveal for it between its ask and its reveal', async () => {
    const [kim, other] = [await createOutsider(newAttacker(), { name: 'kim' }), await createOutsider(newAttacker())]
    const secret = randomBytes(nonceBytes)
    const asked = await askAs(kim, secret)
    expect(await reveal(other, asked, secret)).toMatchObject({ status: 404, code: 'not_found' })
    await expectLine(attic, { action: 'join.refused', address: other.address, node: other.id })
    expect(await reveal(kim, asked, secret)).toMatchObject({ status: 200, body: { state: 'waiting' } })
  })

  it('asks under its own id, with another code, when it sends the same ask and the same nonce', async () => {
    const again = await askAs(mallory, nonce)
    expect(again).not.toBe(request)
    expect(await reveal(mallory, again, nonce)).toMatchObject({ status: 200, body: { state: 'waiting' } })
    const [hers, its] = [await requestOf(mia), await requestOf(mallory)]
    expect(its?.code).toMatch(/^\d{6}$/u)
    expect(its?.code).not.toBe(hers?.code)
    await expectLine(attic, { action: 'member.requested', address: mallory.address, node: mallory.id })
    const approved = await attic.call('request.approve', { id: its?.id, code: hers?.code })
    expect(approved).toMatchObject({ status: 409, body: { error: { code: 'code_mismatch' } } })
    await expectLine(attic, { action: 'join.codes_differ' })
  })
})

describe('a joiner that wants another code', () => {
  it('cannot reveal another nonce than it has committed to', async () => {
    const cheat = await createOutsider(newAttacker())
    const asked = await askAs(cheat, randomBytes(nonceBytes))
    expect(await reveal(cheat, asked, randomBytes(nonceBytes))).toMatchObject({ status: 403, code: 'untrusted' })
    const line = await expectLine(attic, { action: 'join.refused', address: cheat.address, node: cheat.id })
    expect(line.details).toMatchObject({ why: 'wrong_nonce' })
    await expectLine(attic, { action: 'request.refused', code: 'untrusted', address: cheat.address })
    expect(await requestOf(cheat)).toBeUndefined()

    // and has to wait before it may guess again
    expect(await cheat.ask({ commitment: commitmentTo(randomBytes(nonceBytes)) })).toMatchObject({ status: 429, code: 'too_many' })
    await expectLine(attic, { action: 'request.refused', code: 'too_many', address: cheat.address })
  })

  it('changes nothing by revealing again, the same or another nonce', async () => {
    const before = await requestOf(mia)
    for (const shown of [nonce, randomBytes(nonceBytes)]) {
      expect(await reveal(mia, request, shown)).toMatchObject({ status: 200, body: { state: 'waiting', request } })
    }
    expect(await requestOf(mia)).toEqual(before)
  })
})

it('let nobody in', async () => {
  expect((await attic.call('mesh.list')).body.value as MeshView[]).toMatchObject([{ members: 1 }])
})
