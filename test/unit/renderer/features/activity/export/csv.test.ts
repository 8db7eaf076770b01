import { describe, expect, it } from 'vitest'
import { csvLine } from '../../../../../../renderer/features/activity/export/csv.ts'

describe('a line of a table', () => {
  it('quotes what would break it, and leaves the rest as it is', () => {
    expect(csvLine(['plain', 'a,b', 'say "hi"', 'two\nlines', '', null, 12.5, 'Käse'])).toBe(
      'plain,"a,b","say ""hi""","two\nlines",,,12.5,Käse\r\n',
    )
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('is no formula, whatever another computer is called: %j', (name) => {
    expect(csvLine([name]).replaceAll('"', '').trimStart().startsWith("'")).toBe(true)
  })

  it('keeps numbers numbers, also negative ones', () => {
    expect(csvLine([-3, 0])).toBe('-3,0\r\n')
  })
})
