import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packageOf, unlisted } from '../../../assets/licences/bundled-packages.ts'
import { collectLicences } from '../../../assets/licences/collect-licences.ts'
import { tempDir } from '../../fakes/temp-dir.ts'

/** A project of these files; objects are written as JSON. */
function project(files: Record<string, string | object>): string {
  const root = tempDir()
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content))
  }
  return root
}

const small = () =>
  project({
    'package.json': { name: 'p', version: '1.0.0', license: 'MIT', homepage: 'https://p.example', devDependencies: { tool: '1' } },
    LICENSE: 'MIT License\r\nours',
    'electron/main.ts': "import { a } from 'a'\nimport type { B } from '@scope/b/deep.js'\nimport { readFileSync } from 'node:fs'\nimport './local.ts'",
    'renderer/page.tsx': "const c = await import('c')",
    'node_modules/a/package.json': { name: 'a', version: '1.2.3', license: 'MIT', dependencies: { inner: '1' }, optionalDependencies: { gone: '1' } },
    'node_modules/a/LICENSE': 'same text',
    'node_modules/a/node_modules/inner/package.json': { name: 'inner', version: '2.0.0', licenses: [{ type: 'BSD' }], dependencies: { a: '1' } },
    'node_modules/inner/package.json': { name: 'inner', version: '9.9.9', license: 'never' },
    'node_modules/@scope/b/package.json': { name: '@scope/b', version: '0.1.0', license: { type: 'ISC' } },
    'node_modules/@scope/b/license.md': 'same text\n',
    'node_modules/c/package.json': {
      ...{ name: 'c', version: '3.0.0', license: '0BSD', peerDependencies: { peer: '1', tool: '1' } },
      peerDependenciesMeta: { tool: { optional: true } },
    },
    'node_modules/peer/package.json': { name: 'peer', version: '4.0.0', license: 'MIT' },
    'node_modules/tool/package.json': { name: 'tool', version: '5.0.0', license: 'GPL' },
  })

describe('licences', () => {
  it('are of what the sources import and of all that needs in turn, where Node finds it, and of no tool', () => {
    const { libraries, texts, own } = collectLicences(small())
    expect(libraries.map(({ name, version, licence, text }) => [name, version, licence, text])).toEqual([
      ['@scope/b', '0.1.0', 'ISC', 0],
      ['a', '1.2.3', 'MIT', 0],
      ['c', '3.0.0', '0BSD', null],
      ['inner', '2.0.0', 'BSD', null],
      ['peer', '4.0.0', 'MIT', null],
    ])
    expect(texts).toEqual(['same text'])
    expect(own).toEqual({ licence: 'MIT', homepage: 'https://p.example', text: 'MIT License\nours' })
  })

  it('of this program name those it cannot do without, each with its licence', () => {
    const { libraries } = collectLicences(resolve('.'))
    const names = libraries.map(({ name }) => name)
    for (const name of ['react', '@mantine/core', 'zod', 'fastify', 'undici', 'pino', 'electron', 'find-my-way']) expect(names).toContain(name)
    for (const name of ['vitest', 'typescript', 'vite', 'electron-builder', 'prettier']) expect(names).not.toContain(name)
    expect(libraries.filter(({ licence }) => licence === 'unknown')).toEqual([])
  })
})

describe('a bundle', () => {
  it('with a library that is not listed is noticed, wherever it is installed', () => {
    const modules = ['/p/electron/main.ts', '/p/node_modules/a/index.js', 'C:\\p\\node_modules\\@scope\\b\\x.js?commonjs', '\0vite/helper.js']
    expect(unlisted(modules, new Set(['a', '@scope/b']))).toEqual([])
    expect(unlisted([...modules, '/p/node_modules/a/node_modules/inner/i.js'], new Set(['a']))).toEqual(['@scope/b', 'inner'])
    expect(packageOf('/p/electron/main.ts')).toBeNull()
  })
})
