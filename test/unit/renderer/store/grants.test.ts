import { describe, expect, it } from 'vitest'
import { everything } from '../../../../electron/contract/access-decision.ts'
import type { GrantRule, GrantView } from '../../../../electron/contract/snapshot.ts'
import { accessOf, exceptionCount, ruleOf } from '../../../../renderer/store/grants.ts'

const mesh = 'MESH'
const grant = (resource: string, rule: GrantRule | null, exceptions: Record<string, boolean> = {}): Record<string, GrantView> => ({
  [`${mesh} ${resource}`]: { id: `${mesh} ${resource}`, mesh, resource, rule, exceptions },
})
const member = { mesh, node: 'MIA', role: 'member' } as const
const admin = { ...member, role: 'admin' } as const
const ai = 'capability:ai'

describe('who may use what', () => {
  it('is everybody while nothing was said', () => {
    expect(accessOf({}, member, ai)).toEqual({ allowed: true, own: null, otherwise: true })
    expect(ruleOf({}, mesh, ai)).toEqual({ own: null, holds: 'all' })
  })

  it('follows the rule of the thing before the rule of everything', () => {
    const grants = { ...grant(everything, 'nobody'), ...grant(ai, 'admins') }
    expect(accessOf(grants, member, ai).allowed).toBe(false)
    expect(accessOf(grants, admin, ai).allowed).toBe(true)
    expect(accessOf(grants, admin, 'service:notes').allowed).toBe(false)
    expect(ruleOf(grants, mesh, 'service:notes')).toEqual({ own: null, holds: 'nobody' })
  })

  it('puts an exception on the thing above all, and one on everything only where the thing has no rule', () => {
    expect(accessOf(grant(ai, 'nobody', { MIA: true }), member, ai)).toEqual({ allowed: true, own: true, otherwise: false })
    const general = grant(everything, 'all', { MIA: false })
    expect(accessOf(general, member, ai).allowed).toBe(false)
    expect(accessOf({ ...general, ...grant(ai, 'all') }, member, ai).allowed).toBe(true)
    expect(accessOf({ ...general, ...grant(ai, null, { OSKAR: true }) }, member, ai)).toEqual({
      allowed: false,
      own: null,
      otherwise: false,
    })
  })

  it('tells of everything else what holds with and without an exception on it', () => {
    expect(accessOf(grant(everything, 'nobody', { MIA: true }), member, everything)).toEqual({ allowed: true, own: true, otherwise: false })
    expect(accessOf(grant(everything, null, { MIA: false }), member, everything)).toEqual({ allowed: false, own: false, otherwise: true })
  })

  it('counts the exceptions of one thing in one mesh', () => {
    const grants = grant(ai, 'all', { MIA: false, OSKAR: true })
    expect(exceptionCount(grants, mesh, ai)).toBe(2)
    expect(exceptionCount(grants, 'OTHER', ai)).toBe(0)
  })
})
