import { describe, expect, it } from 'vitest'
import type { Member } from '../../../../electron/agent/components.ts'
import { chooseHubs } from '../../../../electron/agent/relay/hub-choice.ts'
import { createTestKey } from '../../../fakes/test-identity.ts'
import { testMember } from '../../../fixtures/member.ts'

const never = () => false
const hubs = (...names: string[]) => names.map((nodeId) => testMember({ nodeId, role: 'admin', hub: true }))
const choose = (members: readonly Member[], how: Partial<Parameters<typeof chooseHubs>[1]> = {}) =>
  chooseHubs(members, { self: 'self', attached: never, failing: never, ...how })

describe('the choice of hubs', () => {
  it('is two of each mesh, the same ones for the same facts', () => {
    const members = [...hubs('a', 'b', 'c'), ...hubs('a', 'd').map((member) => ({ ...member, meshId: 'other' }))]
    const chosen = choose(members)
    expect(chosen.get('m')).toHaveLength(2)
    expect(new Set(chosen.get('other'))).toEqual(new Set(['a', 'd']))
    expect(choose(members.toReversed())).toEqual(chosen)
    expect(choose([])).toEqual(new Map())
    expect(choose(hubs('a')).get('m')).toEqual(['a'])
  })

  it('stays with those it is attached to, whoever comes', () => {
    const some = hubs('a', 'b', 'c', 'd', 'e', 'f')
    for (const own of ['a', 'c', 'f']) expect(choose(some, { attached: (hub) => hub === own }).get('m')?.[0]).toBe(own)
    expect(new Set(choose(some, { attached: (hub) => 'df'.includes(hub) }).get('m'))).toEqual(new Set(['d', 'f']))
  })

  it('leaves one that is offline, and takes online ones before suspect, failing and offline ones', () => {
    const states = { a: 'offline', b: 'suspect', c: 'online', d: 'online' } as const
    const members = Object.entries(states).map(([nodeId, state]) => testMember({ nodeId, hub: true, state }))
    const order = (how: Partial<Parameters<typeof chooseHubs>[1]>, without: string[] = []) =>
      choose(
        members.filter(({ nodeId }) => !without.includes(nodeId)),
        how,
      ).get('m')
    expect(new Set(order({ attached: (hub) => hub === 'a' }))).toEqual(new Set(['c', 'd']))
    expect(order({ failing: (hub) => hub === 'c' })).toEqual(['d', 'b'])
    expect(order({ failing: (hub) => hub === 'c' }, ['d', 'b'])).toEqual(['c', 'a'])
  })

  it('never is somebody removed, gone, or no hub', () => {
    const removed = { by: { id: 'x', name: 'x' }, at: 1, how: 'removed' as const }
    const members = [
      testMember({ nodeId: 'a', hub: true, removed, state: 'removed' }),
      testMember({ nodeId: 'b', hub: true, state: 'left' }),
      testMember({ nodeId: 'c', hub: false }),
    ]
    expect(choose(members, { attached: () => true })).toEqual(new Map())
  })

  it('spreads many members over many hubs', () => {
    const all = hubs(...Array.from({ length: 8 }, () => createTestKey().id))
    const load = new Map<string, number>()
    for (let i = 0; i < 800; i++) {
      const self = `SELF${i}`
      for (const hub of choose(all, { self }).get('m') ?? []) load.set(hub, (load.get(hub) ?? 0) + 1)
    }
    expect(load.size).toBe(8)
    for (const members of load.values()) {
      expect(members).toBeGreaterThan(120)
      expect(members).toBeLessThan(290)
    }
  })
})
