import { DatabaseSync } from 'node:sqlite'
import { beforeEach, describe, expect, it } from 'vitest'
import { createInviteStore, inviteSchema } from '../../../../electron/agent/membership/invite-store.ts'
import { createInvites, type Invites } from '../../../../electron/agent/membership/invites.ts'
import { createFakeClock, type FakeClock } from '../../../fakes/fake-clock.ts'
import { createFakeRandom } from '../../../fakes/fake-random.ts'

const day = 86_400_000
let database: DatabaseSync
let clock: FakeClock
let invites: Invites
const random = createFakeRandom(3)
const open = () => {
  const opened = createInvites({ store: createInviteStore(database), clock, random })
  opened.load()
  return opened
}
beforeEach(() => {
  database = new DatabaseSync(':memory:')
  database.exec(inviteSchema)
  clock = createFakeClock()
  invites = open()
})
const create = (uses = 1) => {
  const { row, secret } = invites.create({ mesh: 'mesh', role: 'member', note: null, uses, askMe: false }, day)
  return { row, secret: Buffer.from(secret).toString('base64url') }
}
const ben = { id: 'BEN', name: 'ben' }
const cleo = { id: 'CLEO', name: 'cleo' }
const stateOf = (id: string) => invites.list().flatMap((row) => (row.id === id ? [invites.stateOf(row)] : []))

describe('invites', () => {
  it('survive a restart, found by their secret, which is nowhere on disk', () => {
    const { row, secret } = create()
    invites = open()
    expect(invites.withSecret(secret)).toEqual(row)
    expect(invites.withSecret('AAAAAAAAAAAAAAAAAAAAAA')).toBeUndefined()
    const stored = JSON.stringify(database.prepare('SELECT * FROM invites').all())
    expect(stored).not.toContain(secret)
    expect(stored).not.toContain(Buffer.from(secret, 'base64url').toString('hex'))
  })

  it('are used up once they have let in as many as they say', () => {
    const { row } = create(2)
    invites.use(row.id, ben)
    expect(stateOf(row.id)).toEqual(['open'])
    invites.use(row.id, cleo)
    expect(stateOf(row.id)).toEqual(['used'])
    expect(() => invites.use(row.id, { id: 'DORA', name: 'dora' })).toThrow(expect.objectContaining({ code: 'invite_used' }))
    invites.release(row.id, cleo.id)
    invites = open()
    expect(invites.get(row.id)?.usedBy).toMatchObject([ben])
    expect(stateOf(row.id)).toEqual(['open'])
  })

  it('run out, and say so to those who look', async () => {
    const { row } = create()
    let changes = 0
    invites.changed.subscribe(() => changes++)
    await clock.advance(day)
    invites.sweep()
    expect([stateOf(row.id), changes]).toEqual([['expired'], 1])
    expect(() => invites.checkOpen(row)).toThrow(expect.objectContaining({ code: 'invite_expired' }))
    invites.sweep()
    expect(changes).toBe(1)
  })

  it('are taken back for good, unless they were used before', () => {
    const { row } = create()
    const used = create().row
    invites.use(used.id, ben)
    expect(invites.stateOf(invites.revoke(row.id))).toBe('revoked')
    expect(invites.stateOf(invites.revoke(used.id))).toBe('used')
    expect(() => invites.checkOpen(invites.get(row.id) ?? row)).toThrow(expect.objectContaining({ code: 'invite_revoked' }))
    expect(() => invites.revoke('none')).toThrow(expect.objectContaining({ code: 'not_found' }))
  })

  it('are at most 100 at a time; ended ones give way', () => {
    const ids = Array.from({ length: 100 }, () => create().row.id)
    expect(() => create()).toThrow(expect.objectContaining({ code: 'too_many' }))
    invites.revoke(ids[0] ?? '')
    create()
    for (let i = 0; i < 600; i++) {
      const open = invites.list().find((row) => invites.stateOf(row) === 'open')
      invites.revoke(open?.id ?? '')
      create()
    }
    expect(invites.list().length).toBeLessThanOrEqual(500)
  })

  it('go with their mesh', () => {
    create()
    invites.dropMesh('other')
    expect(invites.list()).toHaveLength(1)
    invites.dropMesh('mesh')
    expect(open().list()).toEqual([])
  })
})
