import { DatabaseSync } from 'node:sqlite'
import { beforeEach, describe, expect, it } from 'vitest'
import type { MeshView } from '../../../../electron/contract/snapshot.ts'
import { createHubRoles } from '../../../../electron/agent/relay/hub-roles.ts'
import { createHubStore, hubSchema } from '../../../../electron/agent/relay/hub-store.ts'
import { createFakeClock, type FakeClock } from '../../../fakes/fake-clock.ts'

const mib = 2 ** 20

let clock: FakeClock
let database: DatabaseSync
let role: MeshView['role']
beforeEach(() => {
  clock = createFakeClock(Date.UTC(2026, 10, 30, 23))
  database = new DatabaseSync(':memory:')
  database.exec(hubSchema)
  role = 'admin'
})

function opened() {
  const store = createHubStore(database)
  let saves = 0
  const counted = { ...store, save: (...args: Parameters<typeof store.save>) => (saves++, store.save(...args)) }
  const mesh = (): MeshView => ({
    ...{ id: 'home', name: 'Home', role, joinedAt: 0, members: 2, online: 1, admins: 1, hasRootKey: false, recoveryExportedAt: null },
  })
  return { roles: createHubRoles({ store: counted, membership: { meshes: () => [mesh()] }, clock }), store, saves: () => saves }
}

describe('what a hub gives', () => {
  it('is nothing until an admin says so, and is known again after a restart', () => {
    const { roles } = opened()
    expect(roles.active()).toEqual([])
    let changes = 0
    roles.changed.subscribe(() => changes++)
    roles.set('home', { on: true, limits: { members: 3 } })
    expect(changes).toBe(1)
    expect(roles.active()).toEqual(['home'])
    expect(opened().roles.of('home')).toEqual(roles.of('home'))
    expect(opened().roles.of('home')).toMatchObject({ on: true, limits: { members: 3, bytesPerSecond: null, bytesPerMonth: null } })
  })

  it('needs an admin, also later on', () => {
    const { roles } = opened()
    role = 'member'
    expect(() => roles.set('home', { on: true })).toThrow(expect.objectContaining({ code: 'not_admin' }))
    expect(roles.active()).toEqual([])
    role = 'admin'
    roles.set('home', { on: true })
    role = 'member'
    expect(roles.active()).toEqual([])
    roles.set('home', { on: false })
    role = 'admin'
    expect(roles.active()).toEqual([])
  })

  it('is used up when the month’s bytes have passed, and begins anew with the next month', async () => {
    const { roles } = opened()
    roles.set('home', { on: true, limits: { bytesPerMonth: mib } })
    roles.count('home', mib - 1)
    expect(roles.isUsedUp('home')).toBe(false)
    roles.count('home', 1)
    expect(roles.isUsedUp('home')).toBe(true)
    await clock.advance(3_600_000)
    expect(roles.of('home')).toMatchObject({ month: '2026-12', bytes: 0 })
    expect(roles.isUsedUp('home')).toBe(false)
    roles.count('home', 5)
    expect(roles.of('home').bytes).toBe(5)
    expect(opened().roles.isUsedUp('never heard of')).toBe(false)
  })

  it('is written down every 30 s at most, and at the end', async () => {
    const { roles, store, saves } = opened()
    roles.set('home', { on: true })
    for (let second = 0; second < 60; second++) {
      for (let i = 0; i < 100; i++) roles.count('home', 1_000)
      await clock.advance(1_000)
    }
    expect(saves()).toBe(2)
    expect(store.all()[0]?.bytes).toBeLessThan(roles.of('home').bytes)
    roles.flush()
    expect(store.all()[0]?.bytes).toBe(6_000_000)
    expect(opened().roles.of('home').bytes).toBe(6_000_000)
  })

  it('goes with its mesh', () => {
    const { roles, store } = opened()
    roles.set('home', { on: true })
    roles.keepOnly(new Set(['home']))
    expect(store.all()).toHaveLength(1)
    roles.keepOnly(new Set())
    expect(store.all()).toEqual([])
    roles.flush()
    expect(store.all()).toEqual([])
  })

  it('is not read when it makes no sense', () => {
    database.exec(`INSERT INTO hub_roles VALUES ('home', 1, '{"members":"many"}', '2026-11', 0)`)
    expect(() => createHubStore(database).all()).toThrow('members')
  })
})
