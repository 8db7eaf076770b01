import { globSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'

const root = join(import.meta.dirname, '../..')

export interface SourceFile {
  /** From the top of the project, with slashes on every system. */
  path: string
  text: string
}

/** Files of the project that match, without libraries and products. */
export function sourceFiles(...patterns: string[]): SourceFile[] {
  return globSync(patterns, { cwd: root, exclude: ['node_modules/**', 'out/**', 'release/**', 'test/results/**'] })
    .toSorted()
    .map((path) => ({ path: path.split(sep).join('/'), text: readFileSync(join(root, path), 'utf8') }))
}

export const codeFiles = (): SourceFile[] => sourceFiles('{electron,renderer,test,assets}/**/*.{ts,tsx,mjs,cjs,js}', '*.config.ts')

export const readProjectFile = (path: string): string => readFileSync(join(root, path), 'utf8')
