import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { isBuildStale } from '../../../electron/checkout/build.mjs'
import { tempDir } from '../../fakes/temp-dir.ts'

let root: string

/** Writes a file as of `second`, and its folders with it: a new file changes its folder. */
function write(path: string, second: number): void {
  const file = join(root, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, '')
  for (let at = file; at !== root; at = dirname(at)) utimesSync(at, second, second)
}

beforeEach(() => {
  root = tempDir()
  write('electron/agent/node.ts', 100)
  write('renderer/main.tsx', 100)
  for (const path of ['main/main.js', 'preload/preload.cjs', 'renderer/index.html']) write(`out/${path}`, 200)
})

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
