import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFormat, localeFor } from '../../../../renderer/i18n/format.ts'

const format = createFormat('en-GB', 'UTC')
const now = Date.UTC(2026, 10, 22, 9, 41)
const minute = 60_000
const hour = 60 * minute

describe('format', () => {
  it('writes times relative under a day, then as dates', () => {
    expect(format.ago(now - 2_000, now)).toBe('now')
    expect(format.ago(now - 28_000, now)).toBe('28 seconds ago')
    expect(format.ago(now - 5 * minute, now)).toBe('5 minutes ago')
    expect(format.ago(now - 3 * hour, now)).toBe('3 hours ago')
    expect(format.ago(now - 12 * hour, now)).toBe('yesterday, 21:41')
    expect(format.ago(Date.UTC(2026, 9, 12, 8, 5), now)).toBe('12 October, 08:05')
  })

  it('never says that something happened in the future', () => {
    expect(format.ago(now + hour, now)).toBe('now')
  })

  it('says how long something is still valid, in the unit people would use', () => {
    expect(format.ahead(now + 40_000, now)).toBe('in 40 seconds')
    expect(format.ahead(now + hour, now)).toBe('in 1 hour')
    expect(format.ahead(now + 23.4 * hour, now)).toBe('in 23 hours')
    expect(format.ahead(now + 7 * 24 * hour, now)).toBe('in 7 days')
    expect(format.ahead(now - hour, now)).toBe('now')
  })

  it('says what is left in whole minutes, never that nothing is left before it is', () => {
    expect([1, 49 * minute, 60 * minute, 65 * minute, 23 * hour].map((ms) => format.left(ms))).toEqual([
      ...['1 min', '49 mins', '1 hr', '1 hr 5 mins', '23 hrs'],
    ])
    expect(format.left(-1)).toBe('0 mins')
  })

  it('names a time to come by the hour within a day, else with its day', () => {
    expect(format.until(now + 49 * minute, now)).toBe('10:30')
    expect(format.until(now + 20 * hour, now)).toBe('05:41')
    expect(format.until(now + 48 * hour, now)).toBe('Tuesday 24 November, 09:41')
  })

  it('writes hours of the day and days of the week, whatever the time zone', () => {
    const auckland = createFormat('en-GB', 'Pacific/Auckland')
    expect([0, 1350, 1439].map((minutes) => auckland.clock(minutes))).toEqual(['00:00', '22:30', '23:59'])
    expect([0, 1, 6].map((day) => auckland.dayName(day))).toEqual(['Sun', 'Mon', 'Sat'])
  })

  it('says how long something took as precisely as people care', () => {
    expect([0.42, 48.4, 3_400, 30_000, 95_500].map((ms) => format.duration(ms))).toEqual(['0.4 ms', '48 ms', '3.4s', '30s', '1m 35s'])
  })

  it('writes rates in units of the language', () => {
    expect([0, 820, 130_000, 2_140_000, 18e6].map((rate) => format.byteRate(rate))).toEqual([
      ...['0 byte/s', '820 byte/s', '130 kB/s', '2.1 MB/s', '18 MB/s'],
    ])
    expect(createFormat('fr', 'UTC').byteRate(18e6)).toBe('18\u202FMo/s')
  })

  it('writes a time to the second where that matters', () => {
    expect(format.exactTime(now + 15_000)).toBe('09:41:15')
    expect(createFormat('en-US', 'UTC').exactTime(Date.UTC(2026, 0, 1, 0, 5))).toBe('00:05:00')
  })

  it('writes amounts in units people know', () => {
    expect([0, 999, 82_000, 1_322_000, 148e9, 3.2e12].map((count) => format.bytes(count))).toEqual([
      '0 byte',
      '999 byte',
      '82 kB',
      '1.3 MB',
      '148 GB',
      '3.2 TB',
    ])
  })

  it('takes the region of the person, and nothing that is not a language tag', () => {
    expect(localeFor('en', ['de-CH', 'en-GB'])).toBe('en-GB')
    expect(localeFor('en', ['en-US@posix', 'C'])).toBe('en')
    fc.assert(
      fc.property(fc.array(fc.string()), (tags) => void createFormat(localeFor('en', tags))),
      { numRuns: 30 },
    )
    fc.assert(
      fc.property(fc.string(), (rest) => {
        expect(() => Intl.getCanonicalLocales(localeFor('en', [`en-${rest}`]))).not.toThrow()
      }),
    )
  })
})
