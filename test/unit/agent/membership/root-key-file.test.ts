import { generateKeyPairSync } from 'node:crypto'
import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createRootKeyFiles } from '../../../../electron/agent/membership/root-key-file.ts'
import { tempDir } from '../../../fakes/temp-dir.ts'

describe('root key file', () => {
  it('is read back, belongs to its owner only, and is never silently replaced', async () => {
    const folder = tempDir()
    const keys = createRootKeyFiles(folder)
    expect(await keys.load('mesh')).toBeNull()
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    await keys.save('mesh', privateKey)
    const loaded = await keys.load('mesh')
    expect(loaded?.equals(privateKey)).toBe(true)
    const file = join(folder, 'meshes', 'mesh.root-key')
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600)
    await writeFile(file, 'broken')
    await expect(keys.load('mesh')).rejects.toMatchObject({ code: 'unreadable_key' })
  })
})
