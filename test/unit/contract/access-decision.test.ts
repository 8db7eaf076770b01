import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideAccess as decide, type Grant } from '../../../electron/contract/access-decision.ts'
import { grantRule } from '../../../electron/contract/snapshot.ts'

const node = fc.constantFrom('a', 'b', 'c')
const role = fc.constantFrom('admin' as const, 'member' as const)
const rule = fc.constantFrom(...grantRule.options)
const exceptions = fc.array(fc.tuple(node, fc.boolean()), { maxLength: 3 }).map((pairs) => new Map(pairs))
const grant: fc.Arbitrary<Grant> = fc.record({ rule: fc.option(rule), exceptions })
const maybe = fc.option(grant, { nil: undefined })
const caller = fc.record({ node, role })

describe('who may use a thing', () => {
  it('is every member where nobody has said anything', () => {
    expect(decide({ node: 'a', role: 'member' }, undefined, undefined)).toBe(true)
    expect(decide({ node: 'a', role: 'member' }, { rule: null, exceptions: new Map() }, undefined)).toBe(true)
  })

  it('is, first of all, who has an exception for it', () => {
    fc.assert(
      fc.property(caller, grant, maybe, fc.boolean(), (who, own, all, allow) => {
        const exceptions = new Map(own.exceptions).set(who.node, allow)
        expect(decide(who, { ...own, exceptions }, all)).toBe(allow)
      }),
    )
  })

  it('is then who its own rule names, whatever is said of everything', () => {
    fc.assert(
      fc.property(caller, rule, maybe, (who, own, all) => {
        const expected = own === 'all' || (own === 'admins' && who.role === 'admin')
        expect(decide(who, { rule: own, exceptions: new Map() }, all)).toBe(expected)
      }),
    )
  })

  it('is, where the thing has no word of its own, decided as for everything', () => {
    fc.assert(
      fc.property(caller, maybe, (who, all) => {
        expect(decide(who, { rule: null, exceptions: new Map() }, all)).toBe(decide(who, undefined, all))
        expect(decide(who, undefined, all)).toBe(decide(who, all, undefined))
      }),
    )
  })

  it('never depends on the exceptions of others', () => {
    fc.assert(
      fc.property(caller, maybe, maybe, fc.boolean(), (who, own, all, allow) => {
        const withOther = (held: Grant | undefined) => held && { ...held, exceptions: new Map(held.exceptions).set('somebody else', allow) }
        expect(decide(who, withOther(own), withOther(all))).toBe(decide(who, own, all))
      }),
    )
  })

  it('never lets a member do what an admin may not, apart from exceptions', () => {
    fc.assert(
      fc.property(node, fc.option(rule), fc.option(rule), (id, own, all) => {
        const by = (of: typeof own): Grant => ({ rule: of, exceptions: new Map() })
        const member = decide({ node: id, role: 'member' }, by(own), by(all))
        expect(member && !decide({ node: id, role: 'admin' }, by(own), by(all))).toBe(false)
      }),
    )
  })
})
