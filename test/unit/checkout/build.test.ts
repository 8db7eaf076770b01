import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isBuildStale } from '../../../electron/checkout/build.mjs'

let root: string

/** Writes a file as of `second`, and its folders with it: a new file changes its folder. */
function write(path: string, second: number): void {
  const file = join(root, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, '')
  for (let at = file; at !== root; at = dirname(at)) utimesSync(at, second, second)
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'fcn-build-'))
  write('electron/agent/node.ts', 100)
  write('renderer/main.tsx', 100)
  for (const path of ['main/main.js', 'preload/preload.cjs', 'renderer/index.html']) write(`out/${path}`, 200)
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

test('what was built after the last change is fresh', () => {
  expect(isBuildStale(root)).toBe(false)
})

test('a fresh clone is stale', () => {
  rmSync(join(root, 'out'), { recursive: true })
  expect(isBuildStale(root)).toBe(true)
})

test('a build that broke off half-way is stale', () => {
  write('renderer/main.tsx', 300)
  write('out/main/main.js', 400)
  expect(isBuildStale(root)).toBe(true)
})

test.each(['electron/agent/node.ts', 'electron/agent/deeper/new.ts', 'renderer/main.tsx', 'package-lock.json'])(
  '%s changed since makes it stale',
  (path) => {
    write(path, 300)
    expect(isBuildStale(root)).toBe(true)
  },
)

test('a source taken away makes it stale', () => {
  rmSync(join(root, 'electron/agent/node.ts'))
  expect(isBuildStale(root)).toBe(true)
})
