import { describe, expect, it } from 'vitest'
import { codeFiles } from './source-files.ts'

/** Made by a program, or lists that only grow in one direction. Each with what it is. */
const generated = new Map<string, string>([])

const hardLimit = 500
const testLimit = 400
const medianLimit = 120

const sized = codeFiles()
  .filter(({ path }) => !generated.has(path))
  .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
const product = sized.filter(({ path }) => /^(?:electron|renderer|assets)\//u.test(path))
const tests = sized.filter(({ path }) => path.startsWith('test/'))

describe('sizes', () => {
  it(`keep every file below ${hardLimit} lines, tests below ${testLimit}`, () => {
    expect(product.filter(({ lines }) => lines > hardLimit)).toEqual([])
    expect(tests.filter(({ lines }) => lines > testLimit)).toEqual([])
  })

  it(`keep half of the files below ${medianLimit} lines`, () => {
    const ordered = product.map(({ lines }) => lines).toSorted((a, b) => a - b)
    expect(ordered[Math.floor(ordered.length / 2)]).toBeLessThanOrEqual(medianLimit)
  })

  it('list only generated files that exist', () => {
    const paths = new Set(codeFiles().map(({ path }) => path))
    expect([...generated.keys()].filter((path) => !paths.has(path))).toEqual([])
  })

  it('keep folders four deep and names in kebab-case', () => {
    const tooDeep = product.filter(({ path }) => path.split('/').length > 6)
    const oddlyNamed = product.filter(
      ({ path }) => !/^[a-z0-9]+(?:[-.][a-z0-9]+)*\.(?:ts|tsx|mjs|cjs|js)$/u.test(path.split('/').at(-1) ?? ''),
    )
    expect(tooDeep).toEqual([])
    expect(oddlyNamed).toEqual([])
  })

  it('have no drawer for what found no place', () => {
    expect(product.filter(({ path }) => /\/(?:utils?|helpers?|misc|common)\.tsx?$/u.test(path))).toEqual([])
  })
})
