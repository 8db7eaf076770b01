import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MeshView } from '../../../electron/contract/snapshot.ts'
import { type EchoService, startEchoService } from '../echo-service.ts'
import { type NodeProcess, startNode } from '../node-process.ts'
import { createAttackers } from './attacker.ts'
import { expectLine } from './audit-lines.ts'
import { invite } from './invitation.ts'
import { createOutsider, type Outsider } from './outsider.ts'

let data: string
let attic: NodeProcess
let echo: EchoService
let mesh: string
/** May use the service. */
let friend: Outsider
/** A member that may not. */
let member: Outsider
const newAttacker = createAttackers(() => attic)

const use = (who: Outsider, headers: string[] = []) => who.say(`POST /peer/v1/services/${mesh}/echo/secret`, {}, headers)

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'fcn-attic-'))
  ;[attic, echo] = await Promise.all([startNode({ name: 'attic', data }), startEchoService()])
  mesh = ((await attic.call('mesh.create', { name: 'Maple Street' })).body.value as MeshView).id
  await attic.call('service.share', { name: 'echo', port: echo.port })
  await attic.call('grant.set', { resource: 'service:echo', rule: 'nobody' })
  friend = await createOutsider(newAttacker(), { name: 'friend' })
  member = await createOutsider(newAttacker(), { name: 'member' })
  const { secret } = await invite(attic, { uses: 2 })
  await friend.enter(secret)
  await member.enter(secret)
  await attic.call('grant.except', { resource: 'service:echo', peer: friend.id, allow: true })
})
afterAll(async () => {
  await Promise.all([attic?.stop(), echo?.stop()])
  await rm(data, { recursive: true, force: true, maxRetries: 5 })
})

describe('a member without a grant', () => {
  const ofFriend = (names: string[]) => () => names.map((name) => `${name}: ${friend.id}`)
  const claims: [string, () => string[]][] = [
    ['its own word', () => []],
    ['an address of this machine', () => ['X-Forwarded-For: 127.0.0.1', 'X-Real-IP: 127.0.0.1', 'Forwarded: for=127.0.0.1;host=localhost']],
    ['the headers of a proxy', () => ['X-Forwarded-Host: localhost', 'X-Forwarded-Proto: http', 'X-Original-URL: /services/any/any/echo/']],
    ['the id of one who has it', ofFriend(['X-FCN-Node', 'X-FCN-Caller', 'X-FCN-Path', 'X-Forwarded-User'])],
    ['the way of one who has it', () => [`Via: 1.1 fcn-${friend.id}`, `Forwarded: by=${friend.id};for=${friend.id}`]],
    ['the certificate of one who has it, in a header', () => [`X-Client-Cert: ${encodeURIComponent(friend.tls.cert)}`, 'X-SSL-Client-Verify: SUCCESS']],
    ['a key that is none', () => ['Authorization: Bearer attic', 'X-API-Key: attic']],
  ] // prettier-ignore

  it('is told apart from one that has it', async () => {
    expect(await use(friend)).toMatchObject({ status: 200, body: { path: '/secret' } })
  })

  it.each(claims)('gets nothing by %s', async (_what, headers) => {
    const served = echo.requests()
    expect(await use(member, headers())).toMatchObject({ status: 403, code: 'not_granted' })
    expect(echo.requests()).toBe(served)
  })

  it('gets nothing by two certificates, of which the second is another member’s', async () => {
    const both = { ...member.tls, cert: `${member.tls.cert.trim()}\n${friend.tls.cert}` }
    const attacker = await createOutsider(newAttacker(), { name: 'member', identity: { ...member, tls: both } })
    const served = echo.requests()
    expect(await use(attacker)).toMatchObject({ status: 403, code: 'not_granted' })
    expect(echo.requests()).toBe(served)
  })

  it('is in the audit log, under the id that its key proves', async () => {
    // what members use is summed per minute; a node that stops writes its sums
    await attic.kill('SIGTERM')
    attic = await startNode({ data, port: attic.port })
    const line = await expectLine(attic, { action: 'service.used', code: 'not_granted', node: member.id })
    expect(line).toMatchObject({ actor: 'member', outcome: 'refused', subject: 'echo', details: { requests: claims.length + 1 } })
  })
})
