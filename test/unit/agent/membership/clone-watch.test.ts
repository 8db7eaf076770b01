import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextSightings, type Sightings, settleTime } from '../../../../electron/agent/membership/clone-watch.ts'

/** Whether the sightings, in order, show two machines. */
function clonedAfter(seen: { instance: string; at: number }[]): boolean {
  let sightings: Sightings = []
  return seen.some((each) => {
    const next = nextSightings(sightings, each)
    sightings = next.sightings
    return next.returned
  })
}

/** An instance that is seen each second. */
const running = (instance: string, from: number, to: number) =>
  Array.from({ length: Math.floor((to - from) / 1_000) }, (_, index) => ({ instance, at: from + index * 1_000 }))

const inOrder = (...lives: { instance: string; at: number }[][]) => lives.flat().toSorted((a, b) => a.at - b.at)

describe('the clone watch', () => {
  it('sees two machines with one key, however one of them came later', () => {
    expect(clonedAfter(inOrder(running('a', 0, 60_000), running('b', 30_500, 40_000)))).toBe(true)
  })

  it('needs not much longer than the time that late messages have', () => {
    const seen = inOrder(running('a', 0, 60_000), running('b', 500, settleTime + 2_000))
    expect(clonedAfter(seen.filter(({ at }) => at <= settleTime + 2_000))).toBe(true)
  })

  it('sees a copy that crashes and starts again all the time beside one that runs', () => {
    const crashing = Array.from({ length: 40 }, (_, index) => ({ instance: `c${index}`, at: 300 + index * 1_500 }))
    expect(clonedAfter(inOrder(running('a', 0, 60_000), crashing))).toBe(true)
  })

  it('takes messages of the life before, handled late after a sleep, for what they are', () => {
    const burst = [
      { instance: 'b', at: 60_000 },
      { instance: 'a', at: 60_010 },
      { instance: 'b', at: 60_020 },
      { instance: 'a', at: 61_000 },
    ]
    expect(clonedAfter([...running('a', 0, 10_000), ...burst, ...running('b', 62_000, 90_000)])).toBe(false)
  })

  it('sees no clone in any number of restarts', () => {
    const lives = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(lives, (lengths) => {
        let at = 0
        const seen = lengths.flatMap((length, index) => Array.from({ length }, () => ({ instance: `life ${index}`, at: (at += 1_000) })))
        return !clonedAfter(seen)
      }),
    )
  })

  it('remembers few instances, whatever it is shown', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (instances) => {
        let sightings: Sightings = []
        for (const [at, instance] of instances.entries()) sightings = nextSightings(sightings, { instance, at }).sightings
        return sightings.length <= 8
      }),
    )
  })
})
