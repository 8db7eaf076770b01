import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Conf from 'conf'
import { describe, expect, it } from 'vitest'
import { identityFile } from '../../../electron/agent/identity/identity.ts'
import { openSettingsStore } from '../../../electron/agent/store/settings-store.ts'
import { openStores } from '../../../electron/agent/stores.ts'
import { systemRandom } from '../../../electron/agent/support/random.ts'
import { tempDir } from '../../fakes/temp-dir.ts'

const open = (dataDir: string, name?: string) =>
  openStores(
    { dataDir, openSettings: (dir, defaults) => openSettingsStore(dir, defaults, Conf), chosen: { ...(name !== undefined && { name }) } },
    systemRandom,
  )

async function usedFolder(): Promise<string> {
  const dir = tempDir()
  const { database } = await open(dir, 'first')
  database.close()
  return dir
}

describe('stores', () => {
  it('leave key and settings alone while another node has the folder', async () => {
    const dir = tempDir()
    const first = await open(dir, 'first')
    rmSync(identityFile(dir)) // as a second node sees the folder that starts at the same moment as the first
    const settings = readFileSync(join(dir, 'settings.json'), 'utf8')

    await expect(open(dir, 'second')).rejects.toMatchObject({ code: 'already_running' })

    first.database.close()
    expect(existsSync(identityFile(dir))).toBe(false)
    expect(readFileSync(join(dir, 'settings.json'), 'utf8')).toBe(settings)
  })

  it('give two nodes that start together on a fresh folder one key', async () => {
    const dir = tempDir()
    const started = await Promise.allSettled([open(dir), open(dir)])
    const [only, ...others] = started.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
    expect(others).toEqual([])
    only?.database.close()
    const again = await open(dir)
    expect(again.identity.id).toBe(only?.identity.id)
    again.database.close()
  })

  it('start over after a first start that was cut off before it had a key', async () => {
    const dir = tempDir()
    writeFileSync(join(dir, 'node.db'), '')
    const { database } = await open(dir)
    database.close()
    expect(existsSync(identityFile(dir))).toBe(true)
  })

  it('name the settings file when that is what is broken, also without a key', async () => {
    const dir = tempDir()
    const file = join(dir, 'settings.json')
    writeFileSync(file, '{')
    const message = expect.stringContaining(file) as string
    await expect(open(dir)).rejects.toMatchObject({ code: 'unreadable_settings', exitCode: 78, message })
    expect(existsSync(identityFile(dir))).toBe(false)
    expect(readFileSync(file, 'utf8')).toBe('{')
  })

  it('do not take a database that lost its content for a new one', async () => {
    const dir = await usedFolder()
    writeFileSync(join(dir, 'node.db'), '')
    await expect(open(dir)).rejects.toMatchObject({ code: 'unreadable_database', exitCode: 78 })
    expect(readFileSync(join(dir, 'node.db'), 'utf8')).toBe('')
  })

  it('never replace a missing key of a used node', async () => {
    const dir = await usedFolder()
    rmSync(identityFile(dir))
    await expect(open(dir)).rejects.toMatchObject({ code: 'unreadable_key', exitCode: 78 })
    expect(existsSync(identityFile(dir))).toBe(false)
  })
})
