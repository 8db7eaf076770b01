import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calls } from '../../../../../../electron/contract/calls.ts'
import {
  auditFilter,
  auditQueryOf,
  isAnything,
  kind,
  kinds,
  period,
  readFilter,
  routeFilter,
  routeQueryOf,
  searchOf,
  sharedSearch,
} from '../../../../../../renderer/features/activity/filter/activity-filter.ts'

const anything = readFilter(auditFilter, '')
const anyRoute = readFilter(routeFilter, '')

describe('the filter in an address', () => {
  it('is open to everything without one', () => {
    expect(isAnything(anything)).toBe(true)
    expect(isAnything({ ...anything, text: ' ' })).toBe(true)
    expect(isAnything({ ...anything, peer: 'K7QDM3X' })).toBe(false)
    expect([auditQueryOf(anything, 0), routeQueryOf(anyRoute, 0), searchOf(anything)]).toEqual([{}, {}, ''])
  })

  it('reads a link to what a peer did', () => {
    expect(readFilter(auditFilter, 'peer=K7QDM3X-WPA4HNU')).toEqual({ ...anything, peer: 'K7QDM3X-WPA4HNU' })
    expect(readFilter(routeFilter, 'peer=http%3A%2F%2F192.168.1.77%3A3000')).toEqual({ ...anyRoute, peer: 'http://192.168.1.77:3000' })
  })

  it('comes back as it was, whatever it is', () => {
    const text = fc.string({ maxLength: 40 })
    const orNull = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null })
    const filters = fc.record({
      ...{
        text: text.filter((one) => one.trim() !== '' || one === ''),
        peer: orNull(fc.string({ minLength: 1, maxLength: 40 }).filter((one) => one.trim() !== '')),
      },
      ...{ period: orNull(fc.constantFrom(...period.options)), kind: orNull(fc.constantFrom(...kind.options)) },
      outcome: orNull(fc.constantFrom(...(['ok', 'refused', 'failed'] as const))),
    })
    fc.assert(
      fc.property(filters, (filter) => {
        expect(readFilter(auditFilter, searchOf(filter).slice(1))).toEqual(filter)
      }),
    )
  })

  it('is as if not there where it is not understood', () => {
    expect(readFilter(auditFilter, 'kind=nonsense&outcome=&period=year&peer=&text=a&more=1')).toEqual({ ...anything, text: 'a' })
    expect(readFilter(routeFilter, `result=good&what=${'x'.repeat(65)}&text=${'x'.repeat(129)}`)).toEqual(anyRoute)
  })

  it('takes to the other half of the screen what both understand', () => {
    const filter = { ...anything, peer: 'K7', text: 'mia', period: 'week' as const, kind: 'members' as const, outcome: 'ok' as const }
    expect(readFilter(routeFilter, sharedSearch(filter).slice(1))).toEqual({ ...anyRoute, peer: 'K7', text: 'mia', period: 'week' })
  })
})

describe('what the node is asked', () => {
  it('is what it takes', () => {
    const audit = auditQueryOf({ kind: 'members', outcome: 'refused', peer: 'K7QDM3X', text: ' mia ', period: 'hour' }, 3_600_001)
    expect(audit).toEqual({ action: 'member.', outcome: 'refused', peer: 'K7QDM3X', text: 'mia', since: 1 })
    expect(calls['audit.list'].input.safeParse(audit).success).toBe(true)
    const routes = routeQueryOf({ what: 'ai', result: 'failed', peer: 'K7QDM3X', text: ' mia ', period: 'hour' }, 3_600_001)
    expect(routes).toEqual({ what: 'ai', result: 'failed', peer: 'K7QDM3X', text: 'mia', since: 1 })
    expect(calls['route.list'].input.safeParse(routes).success).toBe(true)
  })

  it('finds a kind by the first word of its actions', () => {
    expect(Object.values(kinds).every((beginning) => /^[a-z]+\.$/u.test(beginning))).toBe(true)
  })
})
