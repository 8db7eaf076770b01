import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openBench } from '../run-fcn.ts'

const document = { openapi: '3.1.1', paths: { '/api/health': {} } }

describe('fcn openapi', () => {
  it('prints the description that the node gives, also as the one document of --json', async () => {
    await using bench = await openBench()
    for (const options of [[], ['--json']]) {
      bench.api.answerNext(200, JSON.stringify(document))
      const ran = await bench.fcn('openapi', ...options)
      expect([ran.code, ran.json()]).toEqual([0, document])
    }
  })

  it('writes it to a file', async () => {
    await using bench = await openBench()
    bench.api.answerNext(200, JSON.stringify(document))
    const file = join(bench.dataDir, 'node.json')
    expect(await bench.fcn('openapi', '--out', file)).toMatchObject({ code: 0, stdout: `Written to ${file}.\n` })
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(document)
  })

  it.each(['<html>', '', '[]', '{"error":"Unauthorized"}'])('takes %j for no description', async (text) => {
    await using bench = await openBench()
    bench.api.answerNext(200, text)
    expect(await bench.fcn('openapi')).toMatchObject({ code: 76, stdout: '' })
  })
})
