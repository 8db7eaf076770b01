import { describe, expect, it } from 'vitest'
import { bar, run } from '../../bench/routing/balance/bars.ts'
import { ours } from '../../bench/routing/balance/ours.ts'
import { answeredInTime, succeeded } from '../../bench/routing/balance/outcomes.ts'
import { roundRobin, twoChoices } from '../../bench/routing/balance/policy.ts'
import { simulate } from '../../bench/routing/balance/simulate.ts'

describe('eleven peers, one 2 s slow for half the run and one failing 30 %', () => {
  it('make every 22nd request late and every 37th fail when each is asked in turn', () => {
    const outcomes = simulate(roundRobin, run)
    expect(answeredInTime(outcomes)).toBeCloseTo(1 - 1 / 11 / 2, 2)
    expect(succeeded(outcomes)).toBeCloseTo(1 - 0.3 / 11, 2)
  })

  it('draw more requests to the one that fails fast when the less busy of two is asked', () => {
    const outcomes = simulate(twoChoices, run)
    expect(answeredInTime(outcomes)).toBeGreaterThan(0.995)
    expect(succeeded(outcomes)).toBeLessThan(1 - 0.3 / 11)
  })

  it('give the same outcomes for the same seed', () => {
    const brief = { ...run, seconds: 10 }
    expect(simulate(ours, brief)).toEqual(simulate(ours, brief))
  })

  it('leave 99.9 % of the requests in time and 99.9 % successful when the router chooses', () => {
    const outcomes = simulate(ours, run)
    expect(answeredInTime(outcomes)).toBeGreaterThanOrEqual(bar)
    expect(succeeded(outcomes)).toBeGreaterThanOrEqual(bar)
  })
})
