import { describe, expect, it } from 'vitest'
import { createAiUsage } from '../../../../../electron/agent/capabilities/ai/usage/ai-usage.ts'
import { dayBefore, localDay, untilMidnight } from '../../../../../electron/agent/capabilities/ai/usage/local-day.ts'
import { createUsageStore } from '../../../../../electron/agent/capabilities/ai/usage/usage-store.ts'
import { emptyAiDatabase } from '../../../../fakes/ai-node.ts'
import { createFakeClock } from '../../../../fakes/fake-clock.ts'
import { createKeptLog } from '../../../../fakes/kept-log.ts'

/** Noon of 10 March 2026 where the test runs. */
const noon = new Date(2026, 2, 10, 12).getTime()
const day = 86_400_000

function startUsage(database = emptyAiDatabase(), clock = createFakeClock(noon)) {
  const log = createKeptLog()
  const usage = createAiUsage({ store: createUsageStore(database), nameOf: (node) => (node === 'PEER' ? 'mia' : null), clock, log })
  return { usage, clock, database, log }
}
const served = (peer: string, tokensIn: number, tokensOut: number) => ({ peer, direction: 'served' as const, tokensIn, tokensOut })

describe('counts of tokens', () => {
  it('are summed by peer and direction, with the name of the peer where it is known', () => {
    const { usage } = startUsage()
    usage.count(served('PEER', 10, 5))
    usage.count(served('PEER', 1, 1))
    usage.count({ ...served('GONE', 2, 2), direction: 'asked' })
    expect(usage.today()).toEqual([
      { peer: { id: 'PEER', name: 'mia' }, direction: 'served', requests: 2, tokensIn: 11, tokensOut: 6 },
      { peer: { id: 'GONE', name: 'GONE' }, direction: 'asked', requests: 1, tokensIn: 2, tokensOut: 2 },
    ])
    expect(usage.servedToday('PEER')).toBe(17)
    expect(usage.servedToday('GONE')).toBe(0)
  })

  it('begin anew at midnight of this computer, and the day before is kept', async () => {
    const { usage, clock } = startUsage()
    usage.count(served('PEER', 10, 5))
    await clock.advance(untilMidnight(clock.now()))
    expect(usage.servedToday('PEER')).toBe(0)
    usage.count(served('PEER', 1, 0))
    expect(usage.list(2).map(({ day: when, tokensIn }) => [when, tokensIn])).toEqual([
      ['2026-03-11', 1],
      ['2026-03-10', 10],
    ])
    expect(usage.list(1)).toHaveLength(1)
  })

  it('last over a restart, also those of the last seconds', async () => {
    const { usage, database, clock } = startUsage()
    usage.count(served('PEER', 10, 5))
    await usage.stop()
    const again = startUsage(database, clock)
    expect(again.usage.servedToday('PEER')).toBe(15)
    again.usage.count(served('PEER', 1, 1))
    await clock.advance(5_000)
    expect(startUsage(database, clock).usage.servedToday('PEER')).toBe(17)
  })

  it('are forgotten after a month', async () => {
    const { usage, clock } = startUsage()
    usage.count(served('PEER', 10, 5))
    await clock.advance(40 * day)
    usage.count(served('PEER', 1, 1))
    await clock.advance(5_000)
    expect(usage.list(31)).toHaveLength(1)
  })

  it('believe no engine that counts nonsense', () => {
    const { usage } = startUsage()
    usage.count(served('PEER', Number.NaN, -5))
    usage.count(served('PEER', 1e300, 0.4))
    expect(usage.servedToday('PEER')).toBe(10_000_000)
  })

  it('go on in memory when they cannot be saved, and say so in the log', async () => {
    const { usage, clock, database, log } = startUsage()
    database.exec('DROP TABLE ai_usage')
    usage.count(served('PEER', 10, 5))
    await clock.advance(5_000)
    expect(usage.servedToday('PEER')).toBe(15)
    expect(log.lines.map(({ sentence }) => sentence)).toEqual(['Counts of tokens could not be saved.'])
  })
})

describe('the days of this computer', () => {
  it('are those of its own clock, whatever their length', () => {
    expect(localDay(noon)).toBe('2026-03-10')
    expect(dayBefore(noon, 10)).toBe('2026-02-28')
    expect(localDay(noon + untilMidnight(noon))).toBe('2026-03-11')
    expect(localDay(noon + untilMidnight(noon) - 1)).toBe('2026-03-10')
  })
})
