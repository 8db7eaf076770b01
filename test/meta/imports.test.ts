import { describe, expect, it } from 'vitest'
import { importRules, parts, strangers } from './import-rules.ts'
import { importsOf } from './imports-of.ts'
import { codeFiles } from './source-files.ts'

const files = codeFiles().map((file) => ({ path: file.path, imports: importsOf(file) }))

const below = (places: readonly string[]) => (path: string) =>
  places.some((place) => path === place || ((place.endsWith('/') || place.endsWith(':')) && path.startsWith(place)))

/** `renderer/features/peers/` of any file below it. */
const subfolder = (folder: string, path: string) => {
  const [name, ...rest] = path.startsWith(folder) ? path.slice(folder.length).split('/') : []
  return name !== undefined && rest.length > 0 ? `${folder}${name}/` : null
}

describe('imports', () => {
  it.each(importRules)('of $files: $reason', ({ files: places, except = [], only, never, later }) => {
    const concerned = files.filter(({ path }) => below(places)(path) && !below(except)(path))
    if (later) {
      expect(concerned, 'this part exists now: take the mark "later" away').toEqual([])
      return
    }
    expect(concerned.length, 'the rule is about no file any more: mend or remove it').toBeGreaterThan(0)
    const breaches = concerned.flatMap(({ path, imports }) =>
      imports
        .filter((target) => !below(places)(target) && ((only && !below(only)(target)) || (never && below(never)(target))))
        .map((target) => `${path} imports ${target}`),
    )
    expect(breaches).toEqual([])
  })

  it.each(strangers)('between subfolders of $folder do not exist: $reason', ({ folder }) => {
    const breaches = files.flatMap(({ path, imports }) => {
      const own = subfolder(folder, path)
      const others = imports.filter((target) => own && subfolder(folder, target) && subfolder(folder, target) !== own)
      return others.map((target) => `${path} imports ${target}`)
    })
    expect(breaches).toEqual([])
    expect(
      files.some(({ path }) => subfolder(folder, path)),
      'the rule is about no file any more',
    ).toBe(true)
  })

  it('between parts of the agent do not exist: they know each other as interfaces in components.ts', () => {
    const breaches = files.flatMap(({ path, imports }) => {
      const own = parts.find((part) => path.startsWith(part))
      const others = own ? imports.filter((target) => parts.some((part) => part !== own && target.startsWith(part))) : []
      return others.map((target) => `${path} imports ${target}`)
    })
    expect(breaches).toEqual([])
  })

  it('of Electron are for the app, its shell and its IPC', () => {
    const allowed = below(['electron/main.ts', 'electron/preload.ts', 'electron/ipc/', 'electron/shell/', 'test/'])
    const breaches = files.filter(({ path, imports }) => imports.includes('npm:electron') && !allowed(path))
    expect(breaches.map(({ path }) => path)).toEqual([])
  })

  it('name the file with its ending, and files that exist', () => {
    const known = new Set(files.map(({ path }) => path))
    const code = (target: string) => /^(?:electron|renderer)\//u.test(target) && !/\.(?:css|json|svg|png|html)(?:\?.*)?$/u.test(target)
    const breaches = files.flatMap(({ path, imports }) =>
      imports.filter((target) => code(target) && !known.has(target)).map((target) => `${path} imports ${target}`),
    )
    expect(breaches).toEqual([])
  })
})

describe('the reader of imports', () => {
  it('sees every form and no comment', () => {
    const text = [
      "import type { A } from './a.ts'",
      "import b, { type C } from '../b.ts'",
      'import {\n  d,\n  e,\n} from "zod"',
      "export * from './f.ts'",
      "import './style.css'",
      "const g = await import('./g.ts')",
      "type H = import('./h.ts').H",
      "const i = require('node:fs')",
      "new Worker(new URL('./w.ts', import.meta.url))",
      "import j from '@mantine/core/styles.css'",
      "// import k from './k.ts'",
      "/** import l from './l.ts' */",
      "const m = ['mesh import', 'import', 'x'].includes('from')",
    ].join('\n')
    expect(importsOf({ path: 'electron/x/y.ts', text }).toSorted()).toEqual([
      'electron/b.ts',
      'electron/x/a.ts',
      'electron/x/f.ts',
      'electron/x/g.ts',
      'electron/x/h.ts',
      'electron/x/style.css',
      'electron/x/w.ts',
      'node:fs',
      'npm:@mantine/core',
      'npm:zod',
    ])
  })
})
