import { describe, expect, it } from 'vitest'
import { holdRoutes } from '../../../../../renderer/features/activity/requests/held-routes.ts'
import { routed } from '../../../../fixtures/routes.ts'

const [first, second, third] = [1, 2, 3].map((at) => routed({ id: `r${at}`, at, result: 'running', duration: null })) as [
  ReturnType<typeof routed>,
  ReturnType<typeof routed>,
  ReturnType<typeof routed>,
]

describe('requests while somebody looks at them', () => {
  it('keep their places and show what became of them, while new ones wait', () => {
    const done = { ...first, result: 'ok' as const, duration: 5 }
    expect(holdRoutes([second, first], [third, second, done])).toEqual({ routes: [second, done], waiting: 1 })
  })

  it('stay when the newest have pushed them out', () => {
    expect(holdRoutes([second, first], [third])).toEqual({ routes: [second, first], waiting: 1 })
  })

  it('do not take older ones, which were asked for, for new', () => {
    expect(holdRoutes([third], [third, second, first])).toEqual({ routes: [third], waiting: 0 })
  })
})
