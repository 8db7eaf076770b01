import { type ESTree, parseSync } from 'vite'
import type { SourceFile } from './source-files.ts'

/** A node of a syntax tree (ESTree with JSX), of any kind; its parts are looked at by name. */
export interface SyntaxNode {
  readonly type: ESTree.Node['type']
  readonly start: number
  readonly [part: string]: unknown
}

const isNode = (value: unknown): value is SyntaxNode => typeof value === 'object' && value !== null && 'type' in value && 'start' in value

/** Children of a node, in the order of the text. */
const childrenOf = (node: SyntaxNode): SyntaxNode[] =>
  Object.values(node)
    .flatMap((part: unknown) => (Array.isArray(part) ? (part as unknown[]) : [part]))
    .filter(isNode)

/** Calls `visit` for every node of the file but those that `isLeftOut`, and what is below them. */
export function walkFile({ path, text }: SourceFile, visit: (node: SyntaxNode) => void, isLeftOut = (_node: SyntaxNode) => false): void {
  const { program, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message ?? ''}`)
  const walk = (node: SyntaxNode) => {
    if (isLeftOut(node)) return
    visit(node)
    for (const child of childrenOf(node)) walk(child)
  }
  walk(program as unknown as SyntaxNode)
}

export const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length

/** The text of a literal string; of a template with its blanks as `\u0000`; null for anything else. */
export function stringOf(node: SyntaxNode): string | null {
  if (node.type === 'Literal') return typeof node['value'] === 'string' ? node['value'] : null
  if (node.type !== 'TemplateLiteral') return null
  return (node['quasis'] as { value: { cooked: string | null } }[]).map(({ value }) => value.cooked ?? '').join('\u0000')
}
