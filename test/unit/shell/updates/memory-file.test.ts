import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openMemoryFile } from '../../../../electron/shell/updates/memory-file.ts'
import { nothingTried } from '../../../../electron/shell/updates/update-rules.ts'
import { tempDir } from '../../../fakes/temp-dir.ts'

it('remembers from one start to the next', async () => {
  const dir = tempDir()
  expect(openMemoryFile(dir).read()).toEqual(nothingTried)
  const memory = { failed: { version: '1.1.0', times: 2, problem: 'no room' }, begun: { from: '1.0.0', to: '1.1.0', windowOpen: true } }
  await openMemoryFile(dir).write(memory)
  expect(openMemoryFile(dir).read()).toEqual(memory)
})

it.each(['', '{', '{"failed":{"version":"1","times":-1,"problem":""},"begun":null}', 'null'])('is as new when the file says %j', (text) => {
  const dir = tempDir()
  writeFileSync(join(dir, 'updates.json'), text)
  expect(openMemoryFile(dir).read()).toEqual(nothingTried)
})
