import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expectedTime, pickPlace, type Place } from '../../../../../electron/agent/routing/models/model-choice.ts'
import { createFakeRandom } from '../../../../fakes/fake-random.ts'

const place = (more: Partial<Place> = {}): Place => ({
  ...{
    tier: 64,
    isFailing: false,
    loaded: true,
    size: 2e9,
    busy: 0,
    firstTokenMs: 200,
    tokensPerSecond: 40,
    distance: 1,
    isFamiliar: false,
  },
  ...more,
})
const random = createFakeRandom(1)
const pick = (...places: Place[]) => pickPlace(places, random)

describe('the choice of a place for a model', () => {
  it('is nobody where there is none', () => expect(pick()).toBe(-1))

  it('takes the one that has it in memory before one that must load it', () => {
    expect(pick(place({ loaded: false }), place())).toBe(1)
    expect(pick(place({ loaded: false, size: null }), place())).toBe(1)
  })

  it('loads it elsewhere when the wait for it is longer than that', () => {
    expect(pick(place({ loaded: false, size: 4e9 }), place({ busy: 3 }))).toBe(0)
  })

  it('takes the shorter queue among equals, and the quicker engine among idle ones', () => {
    expect(pick(place({ busy: 2 }), place({ busy: 1 }))).toBe(1)
    expect(pick(place({ tokensPerSecond: 8 }), place({ tokensPerSecond: 60 }))).toBe(1)
    expect(pick(place({ firstTokenMs: 4_000 }), place({ firstTokenMs: 150 }))).toBe(1)
  })

  it('leaves a slow engine alone until the quick ones have a queue as long as it is slow', () => {
    const slow = place({ tokensPerSecond: 4 })
    expect(pick(slow, place({ busy: 5 }))).toBe(1)
    expect(pick(slow, place({ busy: 12 }))).toBe(0)
  })

  it('stays with the node of the conversation unless that is busy and another is not', () => {
    expect(pick(place(), place({ isFamiliar: true, tokensPerSecond: 30 }))).toBe(1)
    expect(pick(place({ busy: 1 }), place({ isFamiliar: true, busy: 1 }))).toBe(1)
    expect(pick(place(), place({ isFamiliar: true, busy: 1 }))).toBe(0)
  })

  it('heeds the policy before everything but failures', () => {
    expect(pick(place({ tier: 64 }), place({ tier: 0, tokensPerSecond: 1, loaded: false, busy: 9 }))).toBe(1)
    expect(pick(place({ tier: 512 }), place({ tier: 0, isFailing: true }))).toBe(0)
    expect(pick(place({ isFailing: true }))).toBe(0)
  })

  it('spreads over equals instead of sending all to the first', () => {
    const seen = new Set(Array.from({ length: 60 }, () => pick(place(), place(), place())))
    expect(seen).toEqual(new Set([0, 1, 2]))
  })

  const anyPlace = fc.record<Place>({
    tier: fc.constantFrom(0, 1, 64, 128, 576, 1_088),
    isFailing: fc.boolean(),
    loaded: fc.constantFrom(true, false, null),
    size: fc.option(fc.integer({ min: 1, max: 1e12 })),
    busy: fc.nat(100),
    firstTokenMs: fc.option(fc.integer({ min: 0, max: 60_000 })),
    tokensPerSecond: fc.option(fc.double({ min: 0, max: 1_000, noNaN: true })),
    distance: fc.option(fc.integer({ min: 0, max: 5_000 })),
    isFamiliar: fc.boolean(),
  })
  const rank = ({ tier, isFailing }: Place) => [Number(isFailing), tier] as const

  it('is always one of the best rank, and among those within five percent of the best guess', () => {
    fc.assert(
      fc.property(fc.array(anyPlace, { minLength: 1, maxLength: 8 }), fc.integer(), (places, seed) => {
        const chosen = places[pickPlace(places, createFakeRandom(seed))]
        expect(chosen).toBeDefined()
        const [first] = places.map(rank).toSorted((a, b) => a[0] - b[0] || a[1] - b[1])
        expect(rank(chosen as Place)).toEqual(first)
        const equals = places.filter((each) => String(rank(each)) === String(first))
        expect(expectedTime(chosen as Place)).toBeLessThanOrEqual(Math.min(...equals.map(expectedTime)) * 1.05)
      }),
    )
  })

  it('expects no less time where one more request waits, and a finite time in any case', () => {
    fc.assert(
      fc.property(anyPlace, (each) => {
        expect(Number.isFinite(expectedTime(each))).toBe(true)
        expect(expectedTime({ ...each, busy: each.busy + 1 })).toBeGreaterThan(expectedTime(each))
      }),
    )
  })
})
