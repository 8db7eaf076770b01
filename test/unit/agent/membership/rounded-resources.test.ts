import { describe, expect, it } from 'vitest'
import { roundedResources } from '../../../../electron/agent/membership/rounded-resources.ts'

const resources = (busy: number, free: number) => ({
  cpu: { model: 'x', cores: 4, busy, load: busy * 4 },
  memory: { total: 1_000, free },
  disk: { total: 10, free: 10 },
  gpus: [],
})

describe('rounded resources', () => {
  it('say the same for small wobbles, and never more than there is', () => {
    expect(roundedResources(resources(0.151, 503))).toEqual(roundedResources(resources(0.149, 497)))
    expect(roundedResources(resources(0.151, 503))).toMatchObject({ cpu: { busy: 0.15, load: 0.6 }, memory: { total: 1_000, free: 500 } })
    expect(roundedResources(resources(1, 1_000))).toEqual(resources(1, 1_000))
  })
})
