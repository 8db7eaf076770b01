import { DatabaseSync } from 'node:sqlite'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createGrantStore, grantsSchema } from '../../../../electron/agent/grants/grant-store.ts'
import { createGrants } from '../../../../electron/agent/grants/grants.ts'
import { grantView } from '../../../../electron/contract/snapshot.ts'
import { createTestKey } from '../../../fakes/test-identity.ts'

const mesh = createTestKey().id
const other = createTestKey().id
const peer = createTestKey().id

function open() {
  const database = new DatabaseSync(':memory:')
  database.exec(grantsSchema)
  const reopened = () => createGrants({ store: createGrantStore(database) })
  return { database, grants: reopened(), reopened }
}
const member = (node = peer) => ({ node, role: 'member' as const, mesh })

describe('grants', () => {
  it('are kept, shown and valid in their own mesh only', () => {
    const { grants, reopened } = open()
    grants.set({ mesh, resource: 'service:box', rule: 'nobody' })
    const view = grants.except({ mesh, resource: 'service:box', peer, allow: true })
    expect(view).toEqual({ id: `${mesh} service:box`, mesh, resource: 'service:box', rule: 'nobody', exceptions: { [peer]: true } })
    for (const each of [grants, reopened()]) {
      expect(each.list()).toEqual([view])
      expect(each.list().map((one) => grantView.parse(one))).toEqual([view])
      expect(each.allows(member(), 'service:box')).toBe(true)
      expect(each.allows(member(other), 'service:box')).toBe(false)
      expect(each.allows(member(other), 'capability:ai')).toBe(true)
      expect(each.allows({ ...member(other), mesh: other }, 'service:box')).toBe(true)
    }
  })

  it('are on disk before anybody hears of them, and unchanged when that fails', () => {
    const { grants, reopened, database } = open()
    let seen = ''
    grants.changed.subscribe(() => (seen = JSON.stringify(reopened().list())))
    const view = grants.set({ mesh, resource: '*', rule: 'admins' })
    expect(JSON.parse(seen)).toEqual([view])
    seen = ''
    database.exec('DROP TABLE grants')
    expect(() => grants.set({ mesh, resource: '*', rule: 'all' })).toThrow('no such table')
    expect(() => grants.drop({ mesh })).toThrow('no such table')
    expect(grants.list()).toEqual([view])
    expect(seen).toBe('')
  })

  it('are gone when nothing is said any more', () => {
    const { grants, reopened } = open()
    grants.set({ mesh, resource: '*', rule: 'nobody' })
    grants.except({ mesh, resource: '*', peer, allow: false })
    grants.set({ mesh, resource: '*', rule: null })
    expect(grants.allows(member(), 'service:x')).toBe(false)
    expect(grants.except({ mesh, resource: '*', peer, allow: null })).toMatchObject({ rule: null, exceptions: {} })
    expect([...grants.list(), ...reopened().list()]).toEqual([])
    expect(grants.allows(member(), 'service:x')).toBe(true)
  })

  it('go with their mesh, and with their thing in every mesh', () => {
    const { grants, reopened } = open()
    for (const resource of ['*', 'service:box', 'capability:ai'])
      for (const each of [mesh, other]) grants.set({ mesh: each, resource, rule: 'admins' })
    grants.drop({ resource: 'service:box' })
    grants.drop({ mesh: other })
    let changes = 0
    grants.changed.subscribe(() => changes++)
    grants.drop({ mesh: other })
    expect(changes).toBe(0)
    for (const each of [grants, reopened()])
      expect(
        each
          .list()
          .map(({ id }) => id)
          .toSorted(),
      ).toEqual([`${mesh} *`, `${mesh} capability:ai`])
  })

  it.each(['', 'box', 'service:', 'service:UPPER', 'service:../x', 'capability:', 'capability:AI', '* ', 'service:a b', '__proto__'])(
    'are refused for %j',
    (resource) => {
      const { grants } = open()
      expect(() => grants.set({ mesh, resource, rule: 'all' })).toThrow(expect.objectContaining({ code: 'invalid_input' }))
      expect(() => grants.except({ mesh, resource, peer, allow: true })).toThrow(expect.objectContaining({ code: 'invalid_input' }))
    },
  )

  it('are refused for what is no id, and for rules nobody knows', () => {
    const { grants } = open()
    const invalid = expect.objectContaining({ code: 'invalid_input' }) as unknown
    expect(() => grants.set({ mesh: 'Home', resource: '*', rule: 'all' })).toThrow(invalid)
    expect(() => grants.except({ mesh, resource: '*', peer: '__proto__', allow: true })).toThrow(invalid)
    expect(() => grants.set({ mesh, resource: '*', rule: 'everyone' as 'all' })).toThrow(invalid)
    expect(grants.list()).toEqual([])
  })

  it('are bounded: rules per mesh and exceptions per rule', () => {
    const { grants } = open()
    for (let index = 0; index < 512; index++) grants.set({ mesh, resource: `service:s${index}`, rule: 'nobody' })
    expect(() => grants.set({ mesh, resource: '*', rule: 'all' })).toThrow(expect.objectContaining({ code: 'too_many' }))
    grants.set({ mesh, resource: 'service:s1', rule: 'all' })
    grants.set({ mesh: other, resource: '*', rule: 'all' })
  })

  it('take at most 1000 exceptions', () => {
    const { grants, database } = open()
    const full = Array.from({ length: 1_000 }, (_, index) => [`node ${index}`, true])
    database.prepare('INSERT INTO grants VALUES (?, ?, NULL, ?)').run(mesh, '*', JSON.stringify(full))
    const loaded = createGrants({ store: createGrantStore(database) })
    expect(() => loaded.except({ mesh, resource: '*', peer, allow: false })).toThrow(expect.objectContaining({ code: 'too_many' }))
    expect(grants.list()).toEqual([])
  })

  it('that cannot be read are never taken for none', () => {
    const { database, reopened } = open()
    database.prepare('INSERT INTO grants VALUES (?, ?, ?, ?)').run(mesh, '*', 'sometimes', '[]')
    expect(reopened).toThrow('invalid_value')
  })

  it('come back as they were, whatever was said in whatever order', () => {
    const words = fc.array(
      fc.record({
        resource: fc.constantFrom('*', 'service:a', 'capability:ai'),
        mesh: fc.constantFrom(mesh, other),
        rule: fc.constantFrom('all' as const, 'admins' as const, 'nobody' as const, null),
        allow: fc.constantFrom(true, false, null, undefined),
      }),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(words, (said) => {
        const { grants, reopened } = open()
        for (const { allow, rule, ...of } of said) {
          if (allow === undefined) grants.set({ ...of, rule })
          else grants.except({ ...of, peer, allow })
        }
        const sorted = (each: typeof grants) => each.list().toSorted((a, b) => a.id.localeCompare(b.id))
        expect(sorted(reopened())).toEqual(sorted(grants))
      }),
      { numRuns: 50 },
    )
  })
})
