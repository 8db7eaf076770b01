import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromScale, onScale, roundScale } from '../../../../renderer/ui/limits/scale.ts'

const percents = { min: 5, max: 100, step: 5, none: 'max' } as const

describe('a limit on a slider', () => {
  it('has about a hundred round steps, whatever there is', () => {
    expect(roundScale(2_000)).toEqual({ min: 0, max: 2_000, step: 20, none: 'min' })
    expect(roundScale(64)).toMatchObject({ max: 64, step: 1 })
    expect(roundScale(467)).toMatchObject({ max: 465, step: 5 })
    expect(roundScale(0.4)).toMatchObject({ max: 1, step: 1 })
  })

  it('ends on a step within what there is', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e6, noNaN: true }), (most) => {
        const { max, step } = roundScale(most)
        expect(max).toBeLessThanOrEqual(most)
        expect(max % step).toBe(0)
        expect(max / step).toBeLessThanOrEqual(100)
      }),
    )
  })

  it('stands at the end that means no limit while nothing is typed', () => {
    expect(onScale(roundScale(2_000), '')).toBe(0)
    expect(onScale(percents, '')).toBe(100)
    expect(fromScale(roundScale(2_000), 0)).toBe('')
    expect(fromScale(percents, 100)).toBe('')
    expect(fromScale(percents, 5)).toBe(5)
  })

  it('stands at an end for what is beyond it, and for what is no number', () => {
    expect(onScale(roundScale(2_000), 9_000)).toBe(2_000)
    expect(onScale(percents, '1')).toBe(5)
    expect(onScale(percents, '-')).toBe(100)
  })
})
