import { cpSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { dirname, join } from 'node:path'
import { transformWithOxc } from 'vite'

/** Everything that runs in Electron: its main process, preload, and the page. The agent below them knows nothing of Electron. */
const scanned = ['electron/{main,preload}.ts', 'electron/{shell,ipc,process,contract}/**/*.ts', 'renderer/**/*.{ts,tsx,html}']

/**
 * Writes the program's own sources into `folder` as JavaScript that older parsers read, in the same lines where they have no
 * JSX: Node itself blanks the types out. Returns how many there are.
 */
export async function writeJavascript(root: string, folder: string): Promise<number> {
  const files = globSync(scanned, { cwd: root })
  for (const file of files) {
    const to = join(folder, file.replace(/\.tsx?$/u, '.js'))
    mkdirSync(dirname(to), { recursive: true })
    writeFileSync(to, await asJavascript(join(root, file)))
  }
  cpSync(join(root, 'package.json'), join(folder, 'package.json'))
  return files.length
}

async function asJavascript(file: string): Promise<string> {
  const text = readFileSync(file, 'utf8')
  if (file.endsWith('.ts')) return stripTypeScriptTypes(text)
  return file.endsWith('.tsx') ? (await transformWithOxc(text, file, { target: 'es2022' })).code : text
}
