import { describe, expect, it } from 'vitest'
import { importsOf } from './imports-of.ts'
import { codeFiles } from './source-files.ts'

const files = new Map(codeFiles().map((file) => [file.path, importsOf(file)]))
const exhibits = [...files].filter(([path]) => path.startsWith('test/gallery/exhibits/'))
/** What the exhibits show, and the parts of renderer/ui that those are made of. */
const shown = new Set<string>()
for (const [, imports] of exhibits) for (const target of imports) show(target)

function show(path: string): void {
  if (!path.startsWith('renderer/ui/') || shown.has(path)) return
  shown.add(path)
  for (const target of files.get(path) ?? []) show(target)
}

const parts = [...files.keys()].filter((path) => path.startsWith('renderer/ui/'))

/** All that is loaded with `path`, itself included. */
function loadedBy(path: string, known = new Set<string>()): Set<string> {
  if (known.has(path)) return known
  known.add(path)
  for (const target of files.get(path) ?? []) loadedBy(target, known)
  return known
}

describe('the gallery', () => {
  it('shows every component of renderer/ui', () => {
    const missing = parts.filter((path) => path.endsWith('.tsx') && !shown.has(path))
    expect(missing, 'add them, in every state, to a file of test/gallery/exhibits').toEqual([])
  })

  it('loads whatever else is in renderer/ui', () => {
    const loaded = loadedBy('test/gallery/main.tsx')
    expect(parts.filter((path) => !loaded.has(path))).toEqual([])
  })

  it('loads every style of the window', () => {
    const styles = (path: string) => (files.get(path) ?? []).filter((target) => target.endsWith('.css') && target.includes('/styles'))
    expect(styles('test/gallery/main.tsx')).toEqual(expect.arrayContaining(styles('renderer/main.tsx')))
  })
})
