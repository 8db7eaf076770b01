import { posix } from 'node:path'
import type { SourceFile } from './source-files.ts'

/** Statements start a line, which prettier sees to; what looks like one inside a string does not count. */
const forms = [
  /** import x from '…', import type …, export … from '…' */
  /^\s*(?:import|export)\b[^'"`;=()]*?\bfrom\s*(['"])(?<target>[^'"]+)\1/gmu,
  /** import '…' */
  /^\s*import\s*(['"])(?<target>[^'"]+)\1/gmu,
  /** import('…') as a value or a type, require('…'), vi.mock('…') */
  /\b(?:import|require|require\.resolve|vi\.(?:do)?[mM]ock)\s*\(\s*(['"`])(?<target>[^'"`]+)\1/gu,
  /** new URL('./x.ts', import.meta.url), the way to name a worker */
  /\bnew\s+URL\(\s*(['"])(?<target>\.{1,2}\/[^'"]+)\1\s*,\s*import\.meta\.url/gu,
]

/**
 * What a file imports, in any form: paths from the top of the project for its own files, `npm:<package>` and
 * `node:<module>` for others. Comments do not count.
 */
export function importsOf({ path, text }: SourceFile): string[] {
  const code = text.replace(/^\s*\/\*[\s\S]*?\*\//gmu, '').replace(/^\s*\/\/.*$/gmu, '')
  const targets = forms.flatMap((form) => [...code.matchAll(form)].map((match) => match.groups?.['target'] ?? ''))
  return [...new Set(targets.map((target) => resolved(path, target)))]
}

function resolved(from: string, target: string): string {
  if (target.startsWith('.')) return posix.join(posix.dirname(from), target)
  if (target.startsWith('node:')) return target
  const [first = '', second = ''] = target.split('/')
  return `npm:${first.startsWith('@') ? `${first}/${second}` : first}`
}
