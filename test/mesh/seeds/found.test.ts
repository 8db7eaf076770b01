import { expect, it } from 'vitest'
import { type Scenario, scenarios } from '../scenarios.ts'
import { simulate } from '../simulation.ts'

/** Seeds that once broke an invariant, and what was wrong. */
const found: { name: keyof typeof scenarios; seed: number; about: string }[] = [
  { name: 'leave', seed: 1086, about: 'a member that does not know us as one was asked again at the speed of the network' },
  { name: 'change', seed: 10025, about: 'a rumour was told too seldom to reach everybody' },
  { name: 'change', seed: 12302, about: 'a rumour was told too seldom to reach everybody' },
  { name: 'sleep', seed: 15, about: 'a probe begun before its target woke up made it suspect again' },
]

it.each(found)('$name $seed: $about; not again', async ({ name, seed }) => {
  const scenario: Scenario = scenarios[name]
  const { violations } = await simulate({ nodes: 50, seed, scenario })
  expect(violations).toEqual([])
})
