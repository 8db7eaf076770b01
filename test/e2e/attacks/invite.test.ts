import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createServer } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { parseInvite, writeInvite } from '../../../electron/agent/membership/invite-text.ts'
import type { MeshView } from '../../../electron/contract/snapshot.ts'
import { createTestIdentity } from '../../fakes/test-identity.ts'
import { eventually } from '../../support/eventually.ts'
import { type NodeProcess, startNode } from '../node-process.ts'
import { createAttackers } from './attacker.ts'
import { auditLines, expectLine } from './audit-lines.ts'
import { invite, type Invitation } from './invitation.ts'
import { createOutsider } from './outsider.ts'

/** Clients that show the secret of one invite at once. */
const racers = 100

let data: string
let attic: NodeProcess
let meshes: MeshView[]
let open: Invitation
let expired: Invitation
let revoked: Invitation
const newAttacker = createAttackers(() => attic)

const listMeshes = async (node: NodeProcess) => (await node.call('mesh.list')).body.value as MeshView[]
const home = 'Maple Street'

/** An invite that ran out, without waiting for it: the database says so when the node starts again. */
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'fcn-attic-'))
  const first = await startNode({ name: 'attic', data })
  for (const name of [home, 'Club']) await first.call('mesh.create', { name })
  ;[open, expired, revoked] = (await Promise.all(Array.from({ length: 3 }, () => invite(first, { mesh: home, validFor: 3_600_000 })))) as [
    Invitation,
    Invitation,
    Invitation,
  ]
  await first.call('invite.revoke', { id: revoked.id })
  await first.kill('SIGTERM')
  const database = new DatabaseSync(join(data, 'node.db'))
  database.prepare('UPDATE invites SET expires_at = ? WHERE id = ?').run(Date.now() - 1_000, expired.id)
  database.close()
  attic = await startNode({ data, port: first.port })
  meshes = await listMeshes(attic)
})
afterAll(async () => {
  await attic?.stop()
  await rm(data, { recursive: true, force: true, maxRetries: 5 })
})

describe('an invite', () => {
  async function expectRefusal(secret: string, code: string, change: { mesh?: string } = {}): Promise<void> {
    const guest = await createOutsider(newAttacker())
    const { status, code: said } = await guest.ask({ invite: secret, ...change })
    expect({ status: status !== undefined && status >= 400, said }).toEqual({ status: true, said: code })
    expect((await expectLine(attic, { action: 'invite.refused', address: guest.address, node: guest.id })).details).toMatchObject({
      why: code,
    })
    await expectLine(attic, { action: 'request.refused', code, address: guest.address, node: guest.id })
    expect(await guest.knock()).toMatchObject({ status: 403, code: 'not_member' })
  }

  it('that has run out lets nobody in', () => expectRefusal(expired.secret, 'invite_expired'))
  it('that was taken back lets nobody in', () => expectRefusal(revoked.secret, 'invite_revoked'))
  it('lets nobody into another mesh of the same node', () =>
    expectRefusal(open.secret, 'invite_wrong_mesh', { mesh: meshes.find(({ name }) => name !== home)?.id ?? '' }))
  it('cannot be guessed', () => expectRefusal(randomBytes(16).toString('base64url'), 'invite_unknown'))

  it('lets in one node, and not the next one that has seen it', async () => {
    const guest = await createOutsider(newAttacker(), { name: 'mia' })
    await guest.enter(open.secret)
    await expectLine(attic, { action: 'invite.used', node: guest.id })
    await expectRefusal(open.secret, 'invite_used')
  })

  it('lets in exactly one of 100 that show it at once', async () => {
    const { id, secret } = await invite(attic, { mesh: home })
    const before = (await listMeshes(attic)).find(({ name }) => name === home)?.members ?? 0
    const guests = await Promise.all(Array.from({ length: racers }, (_, i) => createOutsider(newAttacker(), { name: `guest ${i}` })))
    const replies = await Promise.all(guests.map((guest) => guest.ask({ invite: secret })))

    const winners = guests.filter((_, i) => replies[i]?.status === 200)
    expect(winners).toHaveLength(1)
    expect(replies.filter(({ status, code }) => status === 410 && code === 'invite_used')).toHaveLength(racers - 1)
    const used = (await auditLines(attic, { action: 'invite.used' })).filter(({ details }) => details['invite'] === id)
    expect(used).toMatchObject([{ actorId: winners[0]?.id }])
    await expectLine(attic, { action: 'invite.refused' })

    // also afterwards, and its own answer is not the others'
    const pings = await Promise.all(guests.filter((guest) => guest !== winners[0]).map((guest) => guest.knock()))
    expect(new Set(pings.map(({ code }) => code))).toEqual(new Set(['not_member']))
    expect((await listMeshes(attic)).find(({ name }) => name === home)?.members).toBe(before)
  })
})

describe('somebody at the address of the inviter', () => {
  it('with another key hears nothing of the secret', async () => {
    const impostor = await createTestIdentity()
    let heard = ''
    const server = createServer({ ...impostor.tls, minVersion: 'TLSv1.3', requestCert: true, rejectUnauthorized: false }, (socket) => {
      socket.on('error', () => socket.destroy()).on('data', (chunk: Buffer) => (heard += chunk.toString('latin1')))
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const mia = await startNode({ name: 'mia' })
    onTestFinished(async () => {
      server.close()
      await mia.stop()
    })

    const { text } = await invite(attic, { mesh: home })
    const { port } = server.address() as AddressInfo
    const altered = writeInvite({ ...parseInvite(text), addresses: [`127.0.0.1:${port}`] })
    const { body } = await mia.call('join.start', { invite: altered.text })
    const line = await expectLine(mia, { action: 'connection.refused', code: 'key_mismatch' })
    expect(line.details).toMatchObject({ peerId: parseInvite(text).inviter })
    await eventually('mia says why', async () => JSON.stringify([body, (await mia.call('join.list')).body]).includes('key_mismatch'))
    expect(heard).toBe('')
    expect(await listMeshes(mia)).toEqual([])
  })
})
