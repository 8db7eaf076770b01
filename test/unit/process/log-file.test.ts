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

test('its last lines are read back, also those that were written before it was begun anew', async () => {
  const file = openLogFile(folder, 100)
  expect(await file.lastLines(5)).toEqual([])
  for (let count = 0; count < 12; count++) file.write(`line ${String(count).padStart(3, '0')}\n`)
  expect(await file.lastLines(3)).toEqual(['line 009', 'line 010', 'line 011'])
  expect(await file.lastLines(12)).toHaveLength(12)
})

test('of a long file only the end is read, from the beginning of a line', async () => {
  const file = openLogFile(folder)
  for (let count = 0; count < 400; count++) file.write(`${String(count).padStart(1_000, '.')}\n`)
  const lines = await file.lastLines(1_000)
  expect(lines.length).toBeLessThan(300)
  expect(lines.every((line) => line.length === 1_000)).toBe(true)
  expect(lines.at(-1)).toMatch(/\.399$/u)
})
