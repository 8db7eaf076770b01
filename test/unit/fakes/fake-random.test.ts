import { describe, expect, it } from 'vitest'
import { createFakeRandom } from '../../fakes/fake-random.ts'

describe('fake random', () => {
  it('repeats itself for a seed and differs between seeds', () => {
    const draw = (seed: number) => {
      const random = createFakeRandom(seed)
      return [random.fraction(), ...random.bytes(8)]
    }
    expect(draw(7)).toEqual(draw(7))
    expect(draw(7)).not.toEqual(draw(8))
  })

  it('is even enough and stays in its range', () => {
    const random = createFakeRandom(3)
    const fractions = Array.from({ length: 10_000 }, () => random.fraction())
    expect(Math.min(...fractions)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...fractions)).toBeLessThan(1)
    expect(fractions.reduce((sum, fraction) => sum + fraction) / fractions.length).toBeCloseTo(0.5, 1)
    expect(new Set(random.bytes(10_000)).size).toBe(256)
  })
})
