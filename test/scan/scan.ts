/**
 * `npm run scan`: a static scan of everything that runs in Electron by electronegativity, which comes from the package registry
 * for this run only (its parsers are of 2021, so it is no dependency of ours, and reads our sources without their types). Fails
 * on a finding that accepted.ts does not explain, on a file that could not be read, and when it does not see what is planted.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire, Module } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { accepted } from './accepted.ts'
import { judged, type Named, scanResult } from './findings.ts'
import { writeJavascript } from './javascript-of.ts'

const scanner = '@doyensec/electronegativity@1.10.3'
const root = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'fcn-scan-'))
const program = join(folder, 'program')

/** A window as none may be: whoever does not see this sees nothing. */
const planted = `import { BrowserWindow } from 'electron'
new BrowserWindow({ webPreferences: { nodeIntegration: true, contextIsolation: false, sandbox: false, webSecurity: false } })
`
const seenInPlanted: Named[] = ['CONTEXT_ISOLATION_JS_CHECK', 'SANDBOX_JS_CHECK', 'WEB_SECURITY_JS_CHECK', 'AUXCLICK_JS_CHECK'].map(
  (check) => ({ check, file: 'planted/window.js' }),
)

try {
  const install = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', folder, scanner], {
    ...{ encoding: 'utf8', shell: process.platform === 'win32' },
  })
  if (install.status !== 0) throw new Error(`The scanner could not be installed: ${install.stderr}`)
  const files = await writeJavascript(root, program)
  mkdirSync(join(program, 'planted'))
  writeFileSync(join(program, 'planted/window.js'), planted)

  const load = createRequire(join(folder, 'package.json'))
  // it would ask GitHub for translations and for Electron's releases; where that fails, a retry of it ends the process
  const elsewhere = load.resolve('got')
  load.cache[elsewhere] = Object.assign(new Module(elsewhere), { exports: () => Promise.reject(new Error('not asked')), loaded: true })
  const run = load('@doyensec/electronegativity/dist/runner.js') as (options: object, forCli: boolean) => unknown
  const { version } = createRequire(import.meta.url)('electron/package.json') as { version: string }
  const result = scanResult.parse(await run({ input: program, isRelative: true, electronVersionOverride: version }, false))
  const { open, stale, unread } = judged(result, [...accepted, ...seenInPlanted])
  console.log(`${files} files, ${result.issues.length} findings, ${open.length} of them open`)
  for (const { check, file, line } of open) console.error(`open: ${check} in ${file}:${line}`)
  for (const { check, file } of stale) console.error(`not found any more: ${check} in ${file}`)
  for (const line of unread) console.error(`not read: ${line}`)
  if (open.length + stale.length + unread.length > 0) process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
