import { describe, expect, it } from 'vitest'
import { sourceFiles, type SourceFile } from './source-files.ts'
import { lineOf, type SyntaxNode, walkFile } from './syntax.ts'

/** Sides that stay where they are when text runs from right to left, each with the reason. */
const reasons = new Map([
  ['renderer/features/overview/topology/name-tag.tsx', 'places in the drawing, which keeps its sides'],
  ['renderer/ui/styles/parts.css', 'a meter grows from the side where a line begins: transform-origin has no logical word for that'],
])

/** Declarations that name a side: `margin-left: …`, `left: …`, `text-align: right`, `border-top-left-radius: …`. */
const physical =
  /(?:^|[\s;{])(?:(?:[\w-]+-)?(?:left|right)(?:-[\w-]+)?\s*:|(?:text-align|float|clear|justify-\w+|transform-origin|background-position)\s*:[^;]*\b(?:left|right)\b)/u

const withoutComments = (css: string) => css.replaceAll(/\/\*[\s\S]*?\*\//gu, (comment) => comment.replaceAll(/[^\n]/gu, ' '))

const sidesInCss = ({ path, text }: SourceFile) =>
  withoutComments(text)
    .split('\n')
    .flatMap((line, index) => (physical.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : []))

/** In components: keys of a style, and the short names of Mantine for margins and paddings at a side. */
function sidesInComponent(file: SourceFile): string[] {
  const found: string[] = []
  const note = (node: SyntaxNode, what: string) => found.push(`${file.path}:${lineOf(file.text, node.start)}: ${what}`)
  walkFile(file, (node) => {
    if (node.type !== 'JSXAttribute') return
    const name = String((node['name'] as { name: unknown }).name)
    if (/^(?:ml|mr|pl|pr|left|right)$/u.test(name)) note(node, name)
    const value = node['value'] as SyntaxNode | null
    const style = value?.['expression'] as SyntaxNode | undefined
    if (name !== 'style' || style?.type !== 'ObjectExpression') return
    for (const property of style['properties'] as { key?: { name?: string }; start: number; type: SyntaxNode['type'] }[])
      if (/(?:^left|^right|Left|Right)/u.test(property.key?.name ?? '')) note(node, property.key?.name ?? '')
  })
  return found
}

describe('directions', () => {
  const sides = [...sourceFiles('renderer/**/*.css').flatMap(sidesInCss), ...sourceFiles('renderer/**/*.tsx').flatMap(sidesInComponent)]
  const fileOf = (side: string) => side.split(':')[0] ?? ''

  it('are start and end, not left and right, so that the window mirrors itself', () => {
    expect(sides.filter((side) => !reasons.has(fileOf(side)))).toEqual([])
  })

  it('have no exception that nothing needs', () => {
    const files = new Set(sides.map(fileOf))
    expect([...reasons.keys()].filter((path) => !files.has(path))).toEqual([])
  })
})
