import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readProjectFile } from './source-files.ts'

const versions = z.record(z.string(), z.string()).default({})
const packageFile = z
  .object({ version: z.string(), scripts: versions, dependencies: versions, devDependencies: versions, optionalDependencies: versions })
  .parse(JSON.parse(readProjectFile('package.json')))
const lockFile = z.object({ packages: z.record(z.string(), z.object({ optionalDependencies: versions.optional() })) })
const lockText = readProjectFile('package-lock.json')

describe('package.json', () => {
  it('pins every version exactly', () => {
    const all = { ...packageFile.dependencies, ...packageFile.devDependencies, ...packageFile.optionalDependencies }
    const loose = Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/u.test(version))
    expect(loose).toEqual([])
  })

  it('has only bundled libraries, so that the packed program carries none', () => {
    expect(packageFile.dependencies).toEqual({})
  })

  it('runs nothing when it is installed', () => {
    expect(Object.keys(packageFile.scripts).filter((name) => /^(?:pre|post)?(?:install|prepare)$/u.test(name))).toEqual([])
  })

  it('says of every library in README what it is for', () => {
    const rows = readProjectFile('README.md')
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) => line.split('|').map((cell) => cell.trim()))
    const reasons = new Map(
      rows.flatMap(([, names = '', reason = '']) =>
        [...names.matchAll(/`([^`]+)`/gu)].map((match) => [match[1] as string, reason] as const),
      ),
    )
    const listed = Object.keys({ ...packageFile.devDependencies, ...packageFile.optionalDependencies })
    const unexplained = listed.filter((name) => !reasons.get(name) && !name.startsWith('@types/'))
    expect(unexplained, 'a row of the dependency table of README needs `name` and a reason').toEqual([])
  })
})

describe('package-lock.json', () => {
  it('names no registry, so that any mirror will do', () => {
    const hosts = new Set([...lockText.matchAll(/"resolved":\s*"(?:git\+)?(https?:\/\/[^/"]+)/gu)].map((match) => match[1]))
    expect([...hosts]).toEqual([])
  })

  it('has a checksum for every library that is part of the program', () => {
    const { packages } = JSON.parse(lockText) as { packages: Record<string, { integrity?: string; optional?: boolean; os?: string[] }> }
    // native parts of the linter for other systems may be listed without one: no registry at hand had them
    const unchecked = Object.entries(packages).filter(
      ([path, { integrity, optional, os }]) => path !== '' && !integrity && !(optional && os),
    )
    expect(unchecked.map(([path]) => path)).toEqual([])
  })

  it('brings llama.cpp without the builds that nothing here uses', () => {
    const builds = Object.keys(lockFile.parse(JSON.parse(lockText)).packages).filter((path) =>
      path.startsWith('node_modules/@node-llama-cpp/'),
    )
    // those for graphics cards are a gigabyte; whoever wants the engine installs it beside the program, with all of them
    expect(builds, 'take the others out of package-lock.json, and out of optionalDependencies of node-llama-cpp there').toEqual([
      'node_modules/@node-llama-cpp/linux-x64',
    ])
  })

  it('lists the optional packages of every system, also those the registry at hand did not have', () => {
    const { packages } = lockFile.parse(JSON.parse(lockText))
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !isPlaced(packages, path, name)),
    )
    expect(missing, 'npm ci refuses a lock file without them').toEqual([])
  })
})

/** Whether a package at `path` finds `name` in the lock file, as Node would: in its own folder or one above. */
function isPlaced(packages: Record<string, unknown>, path: string, name: string): boolean {
  if (Object.hasOwn(packages, `${path === '' ? '' : `${path}/`}node_modules/${name}`)) return true
  return path !== '' && isPlaced(packages, path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/'))), name)
}
