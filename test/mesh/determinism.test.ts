import { describe, expect, it } from 'vitest'
import { scenarios } from './scenarios.ts'
import { simulate } from './simulation.ts'

const run = (seed: number, strict = false) => simulate({ nodes: 20, seed, scenario: { ...scenarios.churn, seconds: 20 }, strict })

describe('a simulation', () => {
  it('is the same for the same seed, event by event, and another for another', async () => {
    const [first, again, strict, other] = [await run(7), await run(7), await run(7, true), await run(8)]
    expect(again).toEqual(first)
    expect(strict.hash).toBe(first.hash)
    expect(other.hash).not.toBe(first.hash)
  })

  it('notices when a member is given up that is alive, as plain SWIM does when messages are lost', async () => {
    const scenario = { ...scenarios.quiet, seconds: 40 }
    const { falseDeaths } = await simulate({ nodes: 20, seed: 1, scenario, loss: 0.6, plain: true })
    expect(falseDeaths).toBeGreaterThan(0)
  })
})
