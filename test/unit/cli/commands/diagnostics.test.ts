import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { diagnosticsText } from '../../../../electron/contract/diagnostics.ts'
import { diagnostics } from '../../../fixtures/diagnostics.ts'
import { openBench } from '../run-fcn.ts'

describe('fcn diagnostics', () => {
  it('prints what the page shows, and all of it as data with --json', async () => {
    await using bench = await openBench({ 'diagnostics.collect': () => diagnostics })
    const text = await bench.fcn('diagnostics')
    expect([text.code, text.stdout]).toEqual([0, `${diagnosticsText(diagnostics)}\n`])
    expect((await bench.fcn('diagnostics', '--json')).json()).toEqual(diagnostics)
  })

  it('saves the same to a file', async () => {
    await using bench = await openBench({ 'diagnostics.collect': () => diagnostics })
    const file = join(bench.dataDir, 'd.txt')
    expect((await bench.fcn('diagnostics', '--save', file)).stdout).toBe(`Written to ${file}. Read it before you hand it on.\n`)
    expect(await readFile(file, 'utf8')).toBe(diagnosticsText(diagnostics))
  })
})
