import { describe, expect, it } from 'vitest'
import { moved } from '../../../../renderer/ui/moved.ts'

describe('an order', () => {
  it('changes by one place, and stays at its ends', () => {
    expect(moved(['a', 'b', 'c'], 'c', -1)).toEqual(['a', 'c', 'b'])
    expect(moved(['a', 'b', 'c'], 'a', 1)).toEqual(['b', 'a', 'c'])
    const list = ['a', 'b']
    for (const [node, by] of [['a', -1], ['b', 1], ['nobody', 1]] as const) expect(moved(list, node, by)).toBe(list) // prettier-ignore
  })
})
