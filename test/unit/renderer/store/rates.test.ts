import { describe, expect, it } from 'vitest'
import { isBusy, ratesWith, rateWith } from '../../../../renderer/store/rates.ts'
import { idFor } from '../../../fixtures/household-peers.ts'
import { rates } from '../../../fixtures/routes.ts'

describe('rates', () => {
  it('are in an order that does not depend on how busy they are', () => {
    const reversed = Object.fromEntries(Object.entries(rates).toReversed())
    const names = ({ rates: given }: { rates: typeof rates }) => ratesWith({ rates: given }, () => true).map(({ peer }) => peer.name)
    expect(names({ rates })).toEqual(['attic-nas', 'mia-laptop'])
    expect(names({ rates: reversed })).toEqual(['attic-nas', 'mia-laptop'])
    expect(ratesWith({ rates }, (id) => id === idFor('mia-laptop'))).toHaveLength(1)
  })

  it('sum up all that moves with a peer', () => {
    const [one] = Object.values(rates)
    if (one === undefined) throw new Error('the fixture has no rates')
    const both = { ...rates, more: { ...one, id: 'more', what: 'storage', requestsPerSecond: 2, bytesPerSecond: 400_000 } }
    expect(rateWith({ rates: both }, one.peer.id)).toEqual({ requestsPerSecond: 5, bytesPerSecond: 2_500_000, underWay: 2 })
    expect(isBusy(rateWith({ rates }, 'nobody'))).toBe(false)
  })
})
