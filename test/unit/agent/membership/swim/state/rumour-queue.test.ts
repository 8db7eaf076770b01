import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Rumour } from '../../../../../../electron/agent/membership/swim/messages.ts'
import { createRumourQueue } from '../../../../../../electron/agent/membership/swim/state/rumour-queue.ts'

const have = (node: string, version = 1): Rumour => ({ kind: 'have', node, version })
const all = { limit: 100, now: 0 }

describe('the rumour queue', () => {
  it('tells each rumour as often as allowed, and no more', () => {
    const queue = createRumourQueue(10)
    queue.add(have('a'))
    const told = Array.from({ length: 5 }, () => queue.take(1000, { limit: 3, now: 0 }))
    expect(told.map(({ length }) => length)).toEqual([1, 1, 1, 0, 0])
    expect(queue.size).toBe(0)
  })

  it('tells first what was told least', () => {
    const queue = createRumourQueue(10)
    queue.add(have('a'))
    queue.take(1000, all)
    queue.add(have('b'))
    expect(queue.take(1000, all)).toEqual([have('b'), have('a')])
  })

  it('replaces what is out of date', () => {
    const queue = createRumourQueue(10)
    queue.add(have('a', 1))
    queue.add(have('a', 2))
    expect(queue.take(1000, all)).toEqual([have('a', 2)])
  })

  it('forgets what is no news any more, or was taken back', () => {
    const queue = createRumourQueue(10)
    queue.add({ kind: 'accusation', node: 'a', incarnation: 1, by: ['b'] }, 50)
    queue.add({ kind: 'accusation', node: 'b', incarnation: 1, by: ['c'] })
    queue.add({ kind: 'accusation', node: 'c', incarnation: 1, by: ['d'] })
    queue.drop('accusation', 'b')
    expect(queue.take(1000, { limit: 9, now: 51 }).map((rumour) => 'node' in rumour && rumour.node)).toEqual(['c'])
    queue.dropAll('accusation')
    expect(queue.size).toBe(0)
  })

  it('keeps its bounds whatever happens', () => {
    const step = fc.oneof(
      fc.record({ add: fc.nat(40), until: fc.nat(100) }),
      fc.record({ take: fc.nat(400), limit: fc.integer({ min: 1, max: 5 }), now: fc.nat(100) }),
      fc.record({ drop: fc.nat(40) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const queue = createRumourQueue(16)
        for (const one of steps) {
          if ('add' in one) queue.add(have(`node-${one.add}`), one.until)
          else if ('drop' in one) queue.drop('have', `node-${one.drop}`)
          else {
            const taken = queue.take(one.take, one)
            expect(taken.reduce((size, rumour) => size + JSON.stringify(rumour).length + 1, 0)).toBeLessThanOrEqual(one.take)
            expect(new Set(taken).size).toBe(taken.length)
          }
          expect(queue.size).toBeLessThanOrEqual(16)
        }
        for (let round = 0; round < 200; round++) queue.take(100_000, { limit: 5, now: 0 })
        expect(queue.size).toBe(0)
      }),
    )
  })
})
