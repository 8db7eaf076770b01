import { chmodSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { defaultDataDir, prepareDataDir } from '../../../../electron/agent/store/data-dir.ts'
import { tempDir } from '../../../fakes/temp-dir.ts'

const modeOf = (path: string) => statSync(path).mode & 0o777

describe('data folder', () => {
  it.each([
    ['linux', { XDG_CONFIG_HOME: '/conf' }, '/conf/free-compute-node'],
    ['linux', { XDG_CONFIG_HOME: 'relative' }, '/home/mia/.config/free-compute-node'],
    ['linux', {}, '/home/mia/.config/free-compute-node'],
    ['darwin', {}, '/home/mia/Library/Application Support/Free Compute Node'],
    ['win32', { APPDATA: '/roaming' }, '/roaming/Free Compute Node'],
  ] as const)('on %s with %j is %s', (platform, env, path) => {
    expect(defaultDataDir(platform, env, '/home/mia').replaceAll('\\', '/')).toBe(path)
  })

  it.skipIf(process.platform === 'win32')('is made for its owner only, and one that was there keeps its rights', () => {
    const dir = tempDir()
    prepareDataDir(join(dir, 'a', 'b'))
    expect(modeOf(join(dir, 'a', 'b'))).toBe(0o700)
    chmodSync(dir, 0o755)
    prepareDataDir(dir)
    expect(modeOf(dir)).toBe(0o755)
  })

  it('is refused with its name when it is a file', () => {
    const file = join(tempDir(), 'file')
    writeFileSync(file, '')
    expect(() => prepareDataDir(file)).toThrow(expect.objectContaining({ exitCode: 78, message: expect.stringContaining(file) as string }))
  })
})
