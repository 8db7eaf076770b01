import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Member } from '../../../../../../electron/agent/membership/swim/state/member.ts'
import { choosePartners } from '../../../../../../electron/agent/membership/swim/state/partners.ts'
import { createFakeRandom } from '../../../../../fakes/fake-random.ts'

const list = (size: number) => Array.from({ length: size }, (_, index) => ({ node: `${index}` }) as Member)

describe('partners', () => {
  it('are different, fit, and as many as there are', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(8), fc.integer({ min: 1, max: 20 }), fc.nat(), (size, count, every, seed) => {
        const members = list(size)
        const suits = ({ node }: Member) => Number(node) % every === 0
        const table = { size, at: (index: number) => members[index] as Member }
        const chosen = choosePartners(table, { count, random: createFakeRandom(seed), suits })
        expect(new Set(chosen).size).toBe(chosen.length)
        expect(chosen.every(suits)).toBe(true)
        expect(chosen.length).toBe(Math.min(count, members.filter(suits).length))
      }),
    )
  })
})
