import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { accepted } from '../../scan/accepted.ts'
import { judged } from '../../scan/findings.ts'

const issue = (id: string, file: string, line = 1) => ({ id, file, location: { line } })
const explained = [{ check: 'A', file: 'electron/main.js', reason: 'because' }]

it('what is explained is not open, in that file only', () => {
  const { open, stale } = judged({ errors: [], issues: [issue('A', 'electron/main.js'), issue('A', 'electron/other.js', 7)] }, explained)
  expect(open).toEqual([{ check: 'A', file: 'electron/other.js', line: 7 }])
  expect(stale).toEqual([])
})

it('what is explained and not there any more has to go', () => {
  expect(judged({ errors: [], issues: [] }, explained).stale).toEqual(explained)
})

it('a file that could not be read is no clean file', () => {
  expect(judged({ errors: [{ file: 'x.js', message: 'Unexpected token' }], issues: [] }, []).unread).toEqual(['x.js: Unexpected token'])
})

it('every explanation is about a file that exists and gives a reason', () => {
  for (const { file, reason } of accepted) {
    expect(reason.length).toBeGreaterThan(40)
    if (file !== 'N/A') expect(existsSync(join(import.meta.dirname, '../../..', file.replace(/\.js$/u, '.ts'))), file).toBe(true)
  }
})
