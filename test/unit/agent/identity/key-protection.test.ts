import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Settings, settings as settingsSchema } from '../../../../electron/contract/settings.ts'
import { createHealth } from '../../../../electron/agent/health.ts'
import { createKeyFiles, type KeyStore } from '../../../../electron/agent/identity/key-files.ts'
import { createKeyProtection } from '../../../../electron/agent/identity/key-protection.ts'
import { createEmitter } from '../../../../electron/agent/support/signal.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'
import { createFakeVault } from '../../../fakes/fake-vault.ts'
import { createKeptLog } from '../../../fakes/kept-log.ts'
import { tempDir } from '../../../fakes/temp-dir.ts'

async function protection({ store, protectKeys = true, exposed = [] }: { store?: KeyStore; protectKeys?: boolean; exposed?: string[] }) {
  const dir = tempDir()
  const identityFile = join(dir, 'identity.key')
  const rootKeyFile = join(dir, 'meshes', 'home.root-key')
  mkdirSync(join(dir, 'meshes'))
  for (const file of [identityFile, rootKeyFile]) {
    await createKeyFiles().save(file, generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)
  }
  let current: Settings = settingsSchema.parse({ name: 'desk', protectKeys })
  const changed = createEmitter<{ previous: Settings; current: Settings }>()
  const health = createHealth({ clock: createFakeClock() })
  const keyFiles = createKeyFiles({ store }, { wraps: () => current.protectKeys })
  const part = createKeyProtection(
    { keyFiles, store, settings: { get: () => current, changed }, health, log: createKeptLog() },
    { identityFile, rootKeyFiles: async () => [rootKeyFile], exposed: () => exposed },
  )
  onTestFinished(() => part.stop())
  await part.start()
  return {
    part,
    files: [identityFile, rootKeyFile],
    wrapped: () => [identityFile, rootKeyFile].map((file) => readFileSync(file, 'utf8').startsWith('fcn-wrapped-key ')),
    codes: () => health.list().map(({ code, severity }) => `${code} ${severity}`),
    async switch(on: boolean) {
      const previous = current
      current = { ...current, protectKeys: on }
      changed.emit({ previous, current })
      await part.stop() // waits for what the change began
      await part.start()
    },
  }
}

describe('key protection', () => {
  it('wraps identity and root keys where the desktop app has a key store, and unwraps them when it is switched off', async () => {
    const { part, wrapped, codes, ...keys } = await protection({ store: createFakeVault() })
    expect(wrapped()).toEqual([true, true])
    expect(part.view()).toEqual({ kind: 'keystore', backend: 'gnome_libsecret', why: null })

    await keys.switch(false)
    expect(wrapped()).toEqual([false, false])
    expect(part.view()).toEqual({ kind: 'file', backend: null, why: 'It is switched off in the settings.' })

    await keys.switch(true)
    expect(wrapped()).toEqual([true, true])
    expect(codes()).toEqual([])
  })

  it('says why a desktop keeps them in files', async () => {
    const { part, wrapped, codes } = await protection({ store: { unavailable: 'This desktop has no key store' } })
    expect(wrapped()).toEqual([false, false])
    expect(part.view()).toEqual({ kind: 'file', backend: null, why: 'This desktop has no key store.' })
    expect(codes()).toEqual(['keys_in_files info'])
  })

  it('has nothing to say without the desktop app', async () => {
    const { part, codes } = await protection({})
    expect(part.view()).toEqual({ kind: 'file', backend: null, why: null })
    expect(codes()).toEqual([])
  })

  it('warns, and loses nothing, when the key store fails', async () => {
    const broken = { ...createFakeVault(), seal: async () => Promise.reject(new Error('locked')) }
    const { part, wrapped, codes, files } = await protection({ store: broken })
    expect(wrapped()).toEqual([false, false])
    expect(codes()).toEqual(['keys_not_settled warning'])
    expect(part.view()).toMatchObject({ kind: 'file', why: expect.stringContaining('could not be changed') as string })
    expect(files.every((file) => existsSync(file) && !existsSync(`${file}.new`))).toBe(true)
  })

  it('warns of what other users can get at', async () => {
    const { codes } = await protection({ exposed: ['node.db'] })
    expect(codes()).toEqual(['data_exposed warning'])
  })
})
