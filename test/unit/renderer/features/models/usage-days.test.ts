import { describe, expect, it } from 'vitest'
import { timeOfDay, usageDays } from '../../../../../renderer/features/models/usage/usage-days.ts'
import { usage } from '../../../../fixtures/household-models.ts'

describe('tokens by day', () => {
  it('have the newest day first, and in it the peer with the most', () => {
    const days = usageDays(usage.toReversed())
    expect(days.map(({ day }) => day)).toEqual(['2026-11-22', '2026-11-21', '2026-11-19'])
    expect(days.map(({ peers }) => peers[0]?.peer.name)).toEqual(['mia-laptop', 'kitchen-mini', 'grandma-laptop'])
  })

  it('keep apart what was served and what was asked, for each peer and in sum', () => {
    const [today] = usageDays(usage)
    const oskar = today?.peers.find(({ peer }) => peer.name === 'oskar-desktop')
    expect(oskar).toMatchObject({ served: { requests: 2, tokensIn: 1_050, tokensOut: 430 }, asked: { requests: 6 } })
    expect(today?.served).toEqual({ requests: 16, tokensIn: 19_450, tokensOut: 6_640 })
    expect(today?.peers.find(({ peer }) => peer.name === 'mia-laptop')?.asked).toBeNull()
  })

  it('add up what is told in two parts', () => {
    const [first] = usage
    const [day] = usageDays(first === undefined ? [] : [first, first])
    expect(day?.served.requests).toBe(28)
  })

  it('are of a calendar day wherever one looks', () => {
    const date = new Date(timeOfDay('2026-11-22'))
    expect([date.getFullYear(), date.getMonth(), date.getDate()]).toEqual([2026, 10, 22])
  })
})
