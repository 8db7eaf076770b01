import { STATUS_CODES } from 'node:http'
import { describe, expect, it } from 'vitest'
import { errorTable } from '../../electron/contract/error-codes.ts'
import { sourceFiles } from './source-files.ts'

/** Exit codes of sysexits.h that a command may end with. */
const exitCodes = new Set([64, 65, 66, 69, 70, 74, 75, 76, 77, 78])

describe('the error table', () => {
  it('has known HTTP statuses, exit codes and a title for each code', () => {
    for (const [code, { status, exit, title }] of Object.entries(errorTable)) {
      expect(STATUS_CODES, code).toHaveProperty(String(status))
      expect(status, code).toBeGreaterThanOrEqual(400)
      expect(exitCodes.has(exit), code).toBe(true)
      expect(title, code).toMatch(/^[A-Z].*[^.]$/u)
    }
  })

  it('has no code that nothing uses', () => {
    const text = sourceFiles('electron/**/*.ts', 'renderer/**/*.{ts,tsx}')
      .filter(({ path }) => path !== 'electron/contract/error-codes.ts')
      .map((file) => file.text.replace(/^\s*\*.*$/gmu, ''))
      .join('\n')
    const unused = Object.keys(errorTable).filter((code) => !text.includes(`'${code}'`))
    expect(unused, 'use or remove these codes').toEqual([])
  })
})
