import { describe, expect, it } from 'vitest'
import type { NodeCaller } from '../../../../electron/agent/components.ts'
import { parseInvite } from '../../../../electron/agent/membership/invite-text.ts'
import { createMeshWorld, type Machine } from '../../../fakes/mesh-world.ts'
import { createTestKey } from '../../../fakes/test-identity.ts'

async function strangers() {
  const world = createMeshWorld()
  const a = await world.machine('anna')
  const b = await world.machine('ben')
  const mesh = await a.node.createMesh('Home')
  const invite = (more: Partial<Parameters<Machine['node']['createInvite']>[0]> = {}) =>
    a.node.createInvite({ mesh: mesh.id, role: 'member', validFor: 3_600_000, uses: 1, askMe: false, ...more })
  return { world, a, b, mesh, invite }
}

const isIn = (machine: Machine) => machine.node.meshes().length === 1
const audited = (machine: Machine, action: string) => machine.audit.recorded.filter((entry) => entry.action === action)
const shown = (text: string) => Buffer.from(parseInvite(text).secret).toString('base64url')

/** Somebody who shows a secret by hand. */
const guest = (to: Machine, address = '203.0.113.1') => {
  const { id, publicKey } = createTestKey()
  const caller: NodeCaller = { kind: 'node', id, publicKey, address }
  return { id, ask: (invite: string, mesh?: string) => to.node.inbox.ask(caller, { mesh, invite, name: 'guest', os: 'test', protocol: 1 }) }
}

describe('an invite', () => {
  it('lets its guest in at once, without a code and without a click', async () => {
    const { world, a, b, mesh, invite } = await strangers()
    const { text, link, invite: made } = await invite({ note: 'for Ben', role: 'admin' })
    expect(a.node.readInvite(link)).toMatchObject({
      mesh: mesh.id,
      inviter: a.id,
      addresses: ['192.0.2.1:3000'],
      expiresAt: made.expiresAt,
    })
    expect(await b.node.startJoin({ invite: `\n ${text} ` })).toMatchObject({ state: 'joined', code: null, confirmed: true })
    await world.until(() => a.node.isMember(b.id))
    expect(b.node.meshes()).toMatchObject([{ id: mesh.id, role: 'admin' }])
    expect(a.node.invites()).toMatchObject([{ id: made.id, note: 'for Ben', state: 'used', usedBy: [{ id: b.id, name: 'ben' }] }])
    expect(audited(a, 'member.approved')).toMatchObject([{ details: { how: 'invite', role: 'admin' } }])
    expect(audited(b, 'mesh.joined')).toMatchObject([{ details: { how: 'invite' } }])
    expect(a.audit.actions()).toEqual(expect.arrayContaining(['invite.created', 'invite.used']))
    expect(JSON.stringify([a.audit.recorded, a.node.invites()])).not.toContain(shown(text))
  })

  it('waits for a person when its inviter chose so, and takes a use only then', async () => {
    const { world, a, b, invite } = await strangers()
    const { link, invite: made } = await invite({ askMe: true, role: 'admin', note: 'the attic' })
    expect(await b.node.startJoin({ invite: link })).toMatchObject({ state: 'waiting', code: null, confirmed: true })
    expect(a.node.requests()).toMatchObject([{ code: null, invite: { id: made.id, note: 'the attic' } }])
    expect(a.node.invites()).toMatchObject([{ state: 'open', usedBy: [] }])
    await b.kill()
    await b.start()
    await a.kill()
    await a.start()
    await a.node.approveRequest(a.node.requests()[0]?.id ?? '')
    await world.until(() => isIn(b), 40_000)
    expect(b.node.meshes()).toMatchObject([{ role: 'admin' }])
    expect(a.node.invites()).toMatchObject([{ state: 'used', usedBy: [{ id: b.id }] }])
  })

  it('is tried again until its inviter can be reached, over restarts', async () => {
    const { world, a, b, invite } = await strangers()
    const { link } = await invite()
    await a.kill()
    expect(await b.node.startJoin({ invite: link })).toMatchObject({ state: 'connecting', problem: { code: 'unreachable' } })
    expect(b.node.joins()).toHaveLength(1)
    await b.node.startJoin({ invite: link })
    expect(b.node.joins()).toHaveLength(1)
    await a.start()
    await world.until(() => isIn(b), 40_000)
  })

  it('answers the same guest again, and nobody else', async () => {
    const { a, invite } = await strangers()
    const secret = shown((await invite()).text)
    const [first, second] = [guest(a), guest(a)]
    expect(await first.ask(secret)).toMatchObject({ state: 'approved' })
    expect(await first.ask(secret)).toMatchObject({ state: 'approved' })
    await expect(second.ask(secret)).rejects.toMatchObject({ code: 'invite_used' })
    expect(a.node.invites()).toMatchObject([{ usedBy: [{ id: first.id }] }])
    expect(audited(a, 'invite.used')).toHaveLength(1)
  })

  it('lets in one of a hundred that show it at the same moment', async () => {
    const { a, invite } = await strangers()
    const secret = shown((await invite()).text)
    const answers = await Promise.allSettled(Array.from({ length: 100 }, () => guest(a).ask(secret)))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [(answer.reason as { code: string }).code] : []))
    expect(new Set(refused)).toEqual(new Set(['invite_used']))
    expect(audited(a, 'member.approved')).toHaveLength(1)
    expect(audited(a, 'invite.refused')).toHaveLength(99)
  })

  it('lets in no more than it has uses when a person approves', async () => {
    const { a, invite } = await strangers()
    const secret = shown((await invite({ askMe: true })).text)
    await Promise.all([guest(a).ask(secret), guest(a).ask(secret)])
    const outcomes = await Promise.allSettled(a.node.requests().map(({ id }) => a.node.approveRequest(id)))
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(outcomes[1]).toMatchObject({ reason: { code: 'invite_used' } })
  })

  it('says whether it ran out, was taken back, is for another mesh, or is none', async () => {
    const { world, a, mesh, invite } = await strangers()
    const other = await a.node.createMesh('Work')
    const [expired, revoked, wrong] = await Promise.all([invite({ validFor: 60_000 }), invite(), invite()])
    expect(a.node.revokeInvite(revoked.invite.id)).toMatchObject({ state: 'revoked' })
    await world.advance(61_000)
    await expect(guest(a).ask(shown(expired.text), mesh.id)).rejects.toMatchObject({ code: 'invite_expired' })
    await expect(guest(a).ask(shown(revoked.text), mesh.id)).rejects.toMatchObject({ code: 'invite_revoked' })
    await expect(guest(a).ask(shown(wrong.text), other.id)).rejects.toMatchObject({ code: 'invite_wrong_mesh' })
    await expect(guest(a).ask('AAAAAAAAAAAAAAAAAAAAAA', mesh.id)).rejects.toMatchObject({ code: 'invite_unknown' })
    await expect(guest(a).ask(shown(wrong.text), mesh.id)).rejects.toMatchObject({ code: 'too_many', details: { retryAfter: 5 } })
    const why = audited(a, 'invite.refused').map(({ details }) => details?.['why'])
    expect(why).toEqual(['invite_expired', 'invite_revoked', 'invite_wrong_mesh', 'invite_unknown', 'too_many'])
    expect(a.node.invites().map(({ state }) => state)).toEqual(['expired', 'revoked', 'open'])
    await world.advance(5_000)
    expect(await guest(a).ask(shown(wrong.text), mesh.id)).toMatchObject({ state: 'approved' })
  })

  it('ends the join of its guest with the reason', async () => {
    const { a, b, invite } = await strangers()
    const { link, invite: made } = await invite()
    a.node.revokeInvite(made.id)
    await expect(b.node.startJoin({ invite: link })).rejects.toMatchObject({ code: 'invite_revoked' })
    expect(b.node.joins()).toEqual([])
    await expect(a.node.startJoin({ invite: link })).rejects.toMatchObject({ code: 'own_address' })
    await expect(b.node.startJoin({ invite: 'fcn1.nothing' })).rejects.toMatchObject({ code: 'invalid_input' })
  })

  it('is believed only by the key that it names', async () => {
    const { world, a, b, invite } = await strangers()
    const { link } = await invite()
    await a.kill()
    const mallory = await world.machine('mallory')
    world.network.move(mallory.id, a.url)
    expect(await b.node.startJoin({ invite: link })).toMatchObject({ state: 'connecting', problem: { code: 'unreachable' } })
    expect(world.network.carried.filter(({ from, to }) => from === b.id && to === mallory.id)).toEqual([])
  })

  it('can be made by admins only, and goes with its mesh', async () => {
    const { world, a, b, mesh, invite } = await strangers()
    await b.node.startJoin({ invite: (await invite()).link })
    await expect(b.node.createInvite({ mesh: mesh.id, role: 'member', validFor: 60_000, uses: 1, askMe: false })).rejects.toMatchObject({
      code: 'not_admin',
    })
    await world.until(() => a.node.isMember(b.id))
    await a.node.leaveMesh(mesh.id, { force: true })
    expect(a.node.invites()).toEqual([])
  })
})
