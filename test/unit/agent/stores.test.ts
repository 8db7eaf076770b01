import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Conf from 'conf'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KeyVault } from '../../../electron/agent/components.ts'
import { identityFile } from '../../../electron/agent/identity/identity.ts'
import { openSettingsStore } from '../../../electron/agent/store/settings-store.ts'
import { openStores } from '../../../electron/agent/stores.ts'
import { systemRandom } from '../../../electron/agent/support/random.ts'
import { createFakeVault } from '../../fakes/fake-vault.ts'
import { tempDir } from '../../fakes/temp-dir.ts'

const open = (dataDir: string, name?: string, keyVault?: KeyVault) =>
  openStores(
    {
      dataDir,
      ...(keyVault && { keyVault }),
      openSettings: (dir, defaults) => openSettingsStore(dir, defaults, Conf),
      chosen: { ...(name !== undefined && { name }) },
    },
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

  it('wrap the very first key at once where there is a key store, and without it stop instead of making another', async () => {
    const dir = tempDir()
    const desktop = await open(dir, 'desk', createFakeVault())
    desktop.database.close()
    const wrapped = readFileSync(identityFile(dir), 'utf8')
    expect(wrapped).toMatch(/^fcn-wrapped-key /u)

    await expect(open(dir)).rejects.toMatchObject({ code: 'key_protected', exitCode: 78 })
    await expect(open(dir, 'desk', createFakeVault('of another user'))).rejects.toMatchObject({ code: 'unreadable_key', exitCode: 78 })
    expect(readFileSync(identityFile(dir), 'utf8')).toBe(wrapped)

    const again = await open(dir, 'desk', createFakeVault())
    expect(again.identity.id).toBe(desktop.identity.id)
    again.database.close()
  })

  it('never take a damaged key for a reason to make another', async () => {
    const dir = await usedFolder()
    const good = readFileSync(identityFile(dir))
    const { identity, database } = await open(dir)
    database.close()
    const first = identity.id
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const damaged = Buffer.from(good)
        damaged[at] = (damaged[at] ?? 0) ^ change
        writeFileSync(identityFile(dir), damaged)
        const opened = await open(dir).then(
          ({ identity, database }) => {
            database.close()
            return identity.id
          },
          (error: unknown) => error,
        )
        if (typeof opened === 'string') expect(opened).toBe(first)
        else expect(opened).toMatchObject({ code: 'unreadable_key' })
        expect(readFileSync(identityFile(dir)).equals(damaged)).toBe(true)
      }),
      { numRuns: 40 },
    )
  })
})
