import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { exposedPaths } from '../../../../electron/agent/store/exposed-paths.ts'
import { tempDir } from '../../../fakes/temp-dir.ts'

describe.skipIf(process.platform === 'win32')('exposed paths (needs file modes)', () => {
  const folder = (mode: number, fileMode: number) => {
    const dir = tempDir()
    const database = join(dir, 'node.db')
    writeFileSync(database, '')
    chmodSync(database, fileMode)
    chmodSync(dir, mode)
    return { dir, database }
  }

  it('are none in a folder of its owner, whatever its files allow', () => {
    expect(exposedPaths(folder(0o700, 0o644).dir)).toEqual([])
  })

  it('are none in a shared folder whose files are closed', () => {
    expect(exposedPaths(folder(0o755, 0o600).dir)).toEqual([])
    expect(exposedPaths(folder(0o1777, 0o600).dir)).toEqual([])
  })

  it('are readable files in a folder that others can enter, and a folder that others can write', () => {
    const { dir, database } = folder(0o777, 0o640)
    expect(exposedPaths(dir)).toEqual([dir, database])
  })
})
