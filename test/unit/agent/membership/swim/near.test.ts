import { describe, expect, it } from 'vitest'
import { nearBy } from '../../../../../electron/agent/membership/swim/state/near.ts'

describe('whom to talk to', () => {
  it('is anybody with few connections, and with five those who are connected', () => {
    const few = nearBy({ connected: new Set(['a', 'b', 'c', 'd']) })
    expect(['a', 'x'].map(few)).toEqual([true, true])
    const well = nearBy({ connected: new Set(['a', 'b', 'c', 'd', 'e']) })
    expect(['a', 'x'].map(well)).toEqual([true, false])
  })
})
