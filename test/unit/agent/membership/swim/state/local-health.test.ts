import { describe, expect, it } from 'vitest'
import { createLocalHealth } from '../../../../../../electron/agent/membership/swim/state/local-health.ts'

describe('the local health', () => {
  it('grows with what is missing, up to its bound, and recovers', () => {
    const health = createLocalHealth(3)
    expect(health.factor).toBe(1)
    health.worse(2)
    expect(health.factor).toBe(3)
    health.worse(9)
    expect(health.factor).toBe(4)
    for (let probe = 0; probe < 9; probe++) health.better()
    expect(health.factor).toBe(1)
  })

  it('is never better than well', () => {
    const health = createLocalHealth(3)
    health.worse(-2)
    expect(health.factor).toBe(1)
  })

  it('can be switched off', () => {
    const health = createLocalHealth(0)
    health.worse(5)
    expect(health.factor).toBe(1)
  })
})
