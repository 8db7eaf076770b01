import { InvalidArgumentError } from 'commander'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byteCount, byteCountOrNone, byteText, comparisonCode, duration, durationWithin, moment } from '../../../electron/cli/argument.ts'

/** What a parser gives, or null when it refuses; anything else it throws fails the test. */
function given<T>(parse: (text: string) => T, text: string): T | null {
  try {
    return parse(text)
  } catch (error) {
    if (error instanceof InvalidArgumentError) return null
    throw error
  }
}

describe('duration', () => {
  it.each([
    ['90s', 90_000],
    ['30min', 1_800_000],
    ['30m', 1_800_000],
    ['12 h', 43_200_000],
    ['7d', 604_800_000],
  ])('reads %s', (text, ms) => expect(duration(text)).toBe(ms))

  it('gives a whole number or a refusal for any text', () => {
    fc.assert(fc.property(fc.string(), (text) => Number.isSafeInteger(given(duration, text) ?? 0)))
    for (const text of ['', '7', 'd', '-1d', '1.5h', '1e3s', '7 days', '1234567d']) expect(given(duration, text)).toBeNull()
  })

  it('keeps within its bounds', () => {
    const parse = durationWithin('1min', '30d')
    expect(['59s', '60s', '30d', '721h'].map((text) => given(parse, text))).toEqual([null, 60_000, 2_592_000_000, null])
  })
})

describe('moment', () => {
  it('reads dates as local time', () => {
    expect(moment('2026-11-22')).toEqual({ at: new Date(2026, 10, 22).getTime() })
    expect(moment('2026-11-22 16:30')).toEqual({ at: new Date(2026, 10, 22, 16, 30).getTime() })
    expect(moment('2026-11-22T16:30Z')).toEqual({ at: Date.UTC(2026, 10, 22, 16, 30) })
    expect(moment('2d')).toEqual({ before: 172_800_000 })
  })

  it('gives a number or a refusal for any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\d{4}-\d\d-\d\d[ T:\d]*$/)), (text) => {
        const when = given(moment, text)
        if (when) expect(Number.isFinite('at' in when ? when.at : when.before)).toBe(true)
      }),
    )
    for (const text of ['yesterday', '2026', '2026-13-01', '11/22/2026']) expect(given(moment, text)).toBeNull()
  })
})

describe('comparisonCode', () => {
  it('takes six digits however they are grouped, and nothing else', () => {
    expect(['402913', '402 913', '402-913', ' 4 0 2 9 1 3 '].map(comparisonCode)).toEqual(Array.from({ length: 4 }, () => '402913'))
    for (const text of ['', '40291', '4029131', '40291a', '٤٠٢٩١٣']) expect(given(comparisonCode, text)).toBeNull()
  })
})

describe('byteCount', () => {
  it.each([
    ['5MB', 5_000_000],
    ['5 MB/s', 5_000_000],
    ['800kB', 800_000],
    ['1.5GB', 1_500_000_000],
    ['64KiB', 65_536],
    ['2TB', 2_000_000_000_000],
    ['2m', 2_000_000],
    ['4096', 4096],
  ])('reads %s', (text, bytes) => expect(byteCount(text)).toBe(bytes))

  it('reads back whatever byteText writes', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 50 }), (bytes) => byteCount(byteText(bytes)) === bytes))
    expect([5_000_000, 65_536, 1_500_000_000, 1_234_567, 1024].map(byteText)).toEqual(['5MB', '64KiB', '1.5GB', '1234567B', '1KiB'])
  })

  it('refuses anything else, and what is out of bounds', () => {
    for (const text of ['', 'MB', '-5MB', '5PB', '5Mb ps', '1e6', '5 5MB', 'i', '5i']) expect(given(byteCount, text)).toBeNull()
    const parse = byteCountOrNone(1024, 2 ** 40)
    expect(['1023', '1024', 'none', '2000GB'].map((text) => given(parse, text))).toEqual([null, 1024, 'none', null])
    expect(() => parse('1')).toThrow('from 1KiB to 1TiB')
  })
})
