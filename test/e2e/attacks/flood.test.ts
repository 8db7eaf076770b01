import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { joinCommitment, nonceBytes } from '../../../electron/agent/membership/comparison-code.ts'
import type { JoinAnswer } from '../../../electron/agent/protocol/messages.ts'
import type { RequestView } from '../../../electron/contract/snapshot.ts'
import { type NodeProcess, startNode } from '../node-process.ts'
import { createAttackers } from './attacker.ts'
import { auditLines, expectLine } from './audit-lines.ts'
import { invite } from './invitation.ts'
import { createOutsider, type Outsider, type Reply } from './outsider.ts'

/** Requests that wait for a person at a time. */
const maxPending = 32
/** Asks that all addresses together get at once. */
const burst = 60
const strangers = 200
/** What a flood may cost, bytes; TLS alone takes some tens of kilobytes per connection until it is collected. */
const maxGrowth = 96 * 1024 * 1024

let attic: NodeProcess
const newAttacker = createAttackers(() => attic)

const requests = async () => (await attic.call('request.list')).body.value as RequestView[]
const newStrangers = (count: number, name: string) =>
  Promise.all(Array.from({ length: count }, (_, i) => createOutsider(newAttacker(), { name: `${name} ${i}` })))

/** Asks as a joiner does, with a code at the end. */
async function askByCode(who: Outsider): Promise<Reply> {
  const nonce = randomBytes(nonceBytes)
  const asked = await who.ask({ commitment: Buffer.from(joinCommitment(nonce)).toString('base64url') })
  if (asked.status !== 200) return asked
  const { request } = asked.body as Extract<JoinAnswer, { state: 'reveal' }>
  return who.say(`POST /peer/v1/join/${request}/reveal`, { nonce: nonce.toString('base64url') })
}

async function residentBytes(): Promise<number> {
  const status = await readFile(`/proc/${attic.pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/u.exec(status)?.[1] ?? 0) * 1024
}

beforeAll(async () => {
  attic = await startNode({ name: 'attic' })
  await attic.call('mesh.create', { name: 'Maple Street' })
})
afterAll(() => attic?.stop())

// strangers have addresses of their own, which is for Linux only
describe.runIf(process.platform === 'linux')('a flood of requests to join, from 200 addresses with 200 keys', () => {
  let kim: Outsider
  let heard: Reply
  let replies: Reply[]
  let waiting: number[]
  let growth: number

  beforeAll(async () => {
    const [first, rest] = await Promise.all([newStrangers(40, 'early'), newStrangers(strangers - 40, 'late')])
    kim = await createOutsider(newAttacker(), { name: 'kim' })
    const before = await residentBytes()
    waiting = []
    const early = await Promise.all(first.map(askByCode))
    waiting.push((await requests()).length)
    heard = await askByCode(kim)
    const late = await Promise.all(rest.map(askByCode))
    waiting.push((await requests()).length)
    replies = [...early, ...late]
    growth = (await residentBytes()) - before
  })

  it('leaves at most 32 that wait, and drops the oldest with a line each', async () => {
    expect(waiting).toEqual([maxPending, maxPending])
    const waits = replies.filter(({ status }) => status === 200).length
    // an ask more may have been earned in the meantime
    expect([burst - 1, burst]).toContain(waits)
    const dropped = await auditLines(attic, { action: 'join.dropped' })
    expect(dropped).toHaveLength(waits + 1 - maxPending)
    expect(dropped.every(({ subject }) => subject?.startsWith('early'))).toBe(true)
  })

  it('refuses the others, and says so in few lines', async () => {
    const refused = replies.filter(({ status }) => status !== 200)
    expect(new Set(refused.map(({ status, code }) => `${status} ${code}`))).toEqual(new Set(['429 too_many']))
    expect((await expectLine(attic, { action: 'join.refused' })).details).toMatchObject({ why: 'too_many' })
    await expectLine(attic, { action: 'request.refused', code: 'too_many' })
    expect((await auditLines(attic, { action: 'join.refused' })).length).toBeLessThanOrEqual(100)
    expect((await auditLines(attic, { action: 'request.refused' })).length).toBeLessThanOrEqual(100)
  })

  it('takes little memory', () => {
    expect(growth).toBeLessThan(maxGrowth)
  })

  it('does not keep the owner from letting in who asked in between', async () => {
    expect(heard).toMatchObject({ status: 200, body: { state: 'waiting' } })
    const request = (await requests()).find(({ node }) => node.id === kim.id)
    const { status } = await attic.call('request.approve', { id: request?.id, code: request?.code })
    expect(status).toBe(200)
    await expectLine(attic, { action: 'member.approved' })
    expect(await kim.say(`GET /peer/v1/join/${request?.id}`)).toMatchObject({ status: 200, body: { state: 'approved' } })
  })

  it('does not hold up whoever has an invite', async () => {
    const guest = await createOutsider(newAttacker(), { name: 'guest' })
    await guest.enter((await invite(attic)).secret)
    expect(await guest.knock()).toMatchObject({ status: 400 })
  })
})
