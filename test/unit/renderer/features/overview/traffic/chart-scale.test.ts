import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  areaPath,
  linePath,
  nearest,
  placesIn,
  type Point,
  pointAt,
  pointsOf,
  scaleOf,
  span,
} from '../../../../../../renderer/features/overview/traffic/chart-scale.ts'

const at = Date.UTC(2026, 10, 22, 9, 41)
const step = 15_000
const point = (received: number, sent = 0, along = 1): Point => ({ at, along, received, sent })

describe('the points of the chart', () => {
  it('end where their time ended, the growing one now', () => {
    const points = pointsOf({ at, step, lasted: 6_000 }, { received: [1, 2, 3], sent: [4, 5, 6] })
    expect(points.map(({ at: end }) => at - end)).toEqual([21_000, 6_000, 0])
    expect(points.map(({ received, sent }) => [received, sent])).toEqual([[1, 4], [2, 5], [3, 6]]) // prettier-ignore
    expect(points.at(-1)?.along).toBe(1)
    expect(points[0]?.along).toBeCloseTo(1 - 21_000 / span)
  })

  it('lie within the chart, in the order of time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 61 }), fc.integer({ min: 0, max: step - 1 }), (count, lasted) => {
        const rates = Array.from({ length: count }, () => 1)
        const points = pointsOf({ at, step, lasted }, { received: rates, sent: rates })
        expect(points.every(({ along }) => along >= 0 && along <= 1)).toBe(true)
        expect(points.length).toBeGreaterThanOrEqual(Math.min(count, 60))
        expect(points.map((one) => one.at)).toEqual(points.map((one) => one.at).toSorted((a, b) => a - b))
      }),
    )
  })

  it('are none before anything is known', () => {
    expect(pointsOf({ at, step, lasted: 0 }, { received: [], sent: [] })).toEqual([])
  })
})

describe('the scale of the chart', () => {
  it('has round lines, few of them, on both sides, and room for everything', () => {
    const rate = fc.double({ min: 0, max: 1e12, noNaN: true })
    fc.assert(
      fc.property(rate, rate, (received, sent) => {
        const { top, bottom, lines } = scaleOf([point(received, sent)])
        expect(top).toBeGreaterThanOrEqual(received)
        expect(bottom).toBeGreaterThanOrEqual(sent)
        expect(lines.length).toBeLessThanOrEqual(4)
        for (const direction of ['received', 'sent']) expect(lines.some((line) => line.direction === direction)).toBe(true)
        const first = lines[0]?.rate ?? 0
        expect([1, 2, 5]).toContain(Math.round(first / 10 ** Math.floor(Math.log10(first) + 1e-9)))
      }),
    )
  })

  it('fits a busy household: 20 and 10 MB/s above, 10 below', () => {
    expect(scaleOf([point(18e6, 9e6)]).lines.map(({ rate, direction }) => `${direction} ${rate / 1e6}`)).toEqual([
      ...['received 10', 'received 20', 'sent 10'],
    ])
  })

  it('does not make mountains of a few bytes', () => {
    expect(scaleOf([point(3)])).toMatchObject({ top: 1_000, bottom: 1_000 })
    expect(scaleOf([])).toMatchObject({ top: 1_000, bottom: 1_000 })
  })
})

describe('the drawing', () => {
  const places = placesIn({ left: 10, right: 110, top: 0, bottom: 100 }, { top: 300, bottom: 100, lines: [] })

  it('has received above zero and sent below it, in one measure', () => {
    expect(places.zero).toBe(75)
    expect([places.y(300, 'received'), places.y(100, 'sent'), places.x(0), places.x(1)]).toEqual([0, 100, 10, 110])
  })

  it('has an outline and an area that is closed along zero', () => {
    const points = [point(0, 0, 0), point(300, 100, 1)]
    expect(linePath(points, 'received', places)).toBe('M10 75L110 0')
    expect(areaPath(points, 'sent', places)).toBe('M10 75L110 100L110 75L10 75Z')
    expect([linePath([], 'received', places), areaPath([], 'sent', places)]).toEqual(['', ''])
  })

  it('finds the point under the pointer, the newer of two', () => {
    const points = [0, 0.5, 1].map((along) => point(0, 0, along))
    expect([-3, 0.2, 0.25, 0.6, 9].map((along) => nearest(points, along))).toEqual([0, 0, 1, 1, 2])
    expect(nearest([], 0.5)).toBe(-1)
  })

  it('is walked by the keys without leaving it', () => {
    expect(['ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageDown', 'a'].map((key) => pointAt(key, 2, 10))).toEqual([1, 3, 0, 9, 0, null])
    expect([pointAt('ArrowLeft', 0, 10), pointAt('ArrowRight', 9, 10)]).toEqual([0, 9])
  })
})
