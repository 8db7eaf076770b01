import { describe, expect, it } from 'vitest'
import { codeFiles, type SourceFile, sourceFiles } from './source-files.ts'

/** The rules below are spelt so that this file does not break them. */
const textFiles = [
  ...codeFiles(),
  ...sourceFiles(
    '*.{json,md,yml,ts}',
    '.*rc.json',
    '.github/**/*.yml',
    '.ci/*',
    'assets/**/*.md',
    'electron/**/*.md',
    'renderer/**/*.{html,css,md}',
  ),
].filter(({ path }) => path !== 'package-lock.json' && path !== 'test/meta/texts.test.ts')

/** `path:line: text` of every line that matches. */
const linesWith = (pattern: RegExp, files: readonly SourceFile[]) =>
  files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim().slice(0, 120)}`] : [])),
  )

describe('texts', () => {
  it('name no path of the machine they were written on; in examples a person is called mia', () => {
    expect(
      linesWith(/(?:^|[\s'"`(=])(?:\/(?:home|Users)\/(?!mia\b)\w|\/root\/|\/work\/|[A-Z]:\\\\?Users)|\.\.\/shared\//u, textFiles),
    ).toEqual([])
  })

  it('leave nothing to be done later in a comment', () => {
    expect(linesWith(/\b(?:TODO|FIXME|XXX|HACK)\b/u, textFiles)).toEqual([])
  })

  it('read no switch that is there for tests only', () => {
    const product = textFiles.filter(({ path }) => /^(?:electron|renderer)\//u.test(path))
    expect(linesWith(/NODE_ENV|VITEST\b/u, product)).toEqual([])
  })

  it('switch no type check off, and lint rules only with a reason', () => {
    expect(linesWith(/@ts-(?:ignore|nocheck)/u, textFiles)).toEqual([])
    expect(linesWith(/(?:ox|es)lint-disable(?!.*--)/u, textFiles)).toEqual([])
  })
})

describe('tests', () => {
  const tests = textFiles.filter(({ path }) => path.startsWith('test/'))

  it('all run: none is singled out, and a skip says why in its title', () => {
    expect(linesWith(/\b(?:it|test|describe|suite)(?:\.\w+)*\.only\b|\bfit\(|\bfdescribe\(/u, tests)).toEqual([])
    expect(linesWith(/\b(?:it|test|describe)\.(?:skip|todo|fails)\b|\bxit\(|\bxdescribe\(/u, tests)).toEqual([])
    const conditional = linesWith(/\.(?:skipIf|runIf)\(/u, tests)
    expect(
      conditional.filter((line) => !/skipped|needs|only|process\.platform/iu.test(line)),
      'name the reason in the title, on the same line',
    ).toEqual([])
  })

  it('have names that no number tells apart', () => {
    expect(tests.filter(({ path }) => /\.\d+\.test\.tsx?$|-\d+\.test\.tsx?$/u.test(path)).map(({ path }) => path)).toEqual([])
  })
})
