import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { openLogFile } from '../../../electron/process/log-file.ts'
import { tempDir } from '../../fakes/temp-dir.ts'

let folder: string
beforeEach(() => void (folder = tempDir()))

test('a line is in the file when write returns, readable by the owner only', () => {
  const file = openLogFile(folder)
  file.write('one\n')
  expect(readFileSync(file.path, 'utf8')).toBe('one\n')
  if (process.platform !== 'win32') expect(statSync(file.path).mode & 0o777).toBe(0o600)
})

test('two files at most are kept, however much is written', () => {
  const file = openLogFile(folder, 100)
  for (let count = 0; count < 100; count++) file.write(`line ${String(count).padStart(3, '0')}\n`)
  const [old, now] = [`${file.path}.1`, file.path].map((path) => readFileSync(path, 'utf8')) as [string, string]
  expect(old.length).toBeLessThanOrEqual(110)
  expect(`${old}${now}`).toMatch(/line 099\n$/)
})

test('a folder that cannot be written is named', () => {
  writeFileSync(join(folder, 'log'), 'in the way')
  expect(() => openLogFile(folder)).toThrow(/^The log file .*node\.log cannot be written\.$/)
})
