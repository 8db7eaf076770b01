import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { table } from '../../../electron/cli/table.ts'
import { displayWidth, printable, printableJson } from '../../../electron/cli/terminal-text.ts'
import { ago, ahead, stamp } from '../../../electron/cli/time-text.ts'

describe('table', () => {
  it('starts every column at the same place, whatever the cells hold', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => !/\s/u.test(text))
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
        const lines = table(['first', 'second'], rows).split('\n')
        expect(lines).toHaveLength(rows.length + 1)
        const first = Math.max(5, ...rows.map(([text]) => displayWidth(printable(text))))
        for (const [index, [, second]] of rows.entries()) {
          const line = lines[index + 1] ?? ''
          if (second !== '') expect(displayWidth(line)).toBe(first + 2 + displayWidth(printable(second)))
        }
      }),
    )
  })

  it('prints no control or bidi override character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(printable(text)).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u)
      }),
    )
  })

  it('prints JSON that says the same and has no such character either', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 2, stringUnit: 'binary' }), fc.constantFrom(0, 2), (value, indent) => {
        const text = printableJson(value, indent)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
        expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u)
      }),
    )
  })

  it('counts two columns for wide characters and none for marks', () => {
    expect(displayWidth('a猫b')).toBe(4)
    expect(displayWidth('🦊')).toBe(2)
    expect(displayWidth('e\u0301')).toBe(1)
  })
})

describe('time text', () => {
  it('gives the largest whole unit', () => {
    expect([0, 999, 1000, 59_999, 60_000, 3_600_000, 86_400_000 * 400].map((passed) => ago(0, passed))).toEqual([
      'just now',
      'just now',
      '1 s ago',
      '59 s ago',
      '1 min ago',
      '1 h ago',
      '400 d ago',
    ])
    expect(ago(1000, 0)).toBe('just now')
  })

  it('says how far ahead something is', () => {
    expect([500, 1000, 7_200_999, 86_400_000].map((time) => ahead(time, 0))).toEqual(['now', 'in 1 s', 'in 2 h', 'in 1 d'])
    expect(ahead(0, 5000)).toBe('now')
  })

  it('stamps in a form that sorts', () => {
    expect(stamp(new Date(2026, 0, 2, 3, 4, 5).getTime())).toBe('2026-01-02 03:04:05')
  })
})
