import { generateKeyPairSync } from 'node:crypto'
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createKeyFiles, type KeyStore } from '../../../../electron/agent/identity/key-files.ts'
import { type Disk, systemDisk } from '../../../../electron/agent/support/durable-file.ts'
import { createFakeVault } from '../../../fakes/fake-vault.ts'
import { tempDir } from '../../../fakes/temp-dir.ts'

const vault = createFakeVault()
const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey

async function keyOnDisk({ store, wraps = true }: { store?: KeyStore; wraps?: boolean }) {
  const dir = tempDir()
  const file = join(dir, 'identity.key')
  const key = newKey()
  await createKeyFiles({ store }, { wraps: () => wraps }).save(file, key)
  return { dir, file, key, text: () => readFileSync(file, 'utf8') }
}

describe('key files', () => {
  it('are wrapped in the desktop app and plain without it, and say so in their first line', async () => {
    const wrapped = await keyOnDisk({ store: vault })
    expect(wrapped.text()).toMatch(/^fcn-wrapped-key 1 gnome_libsecret [A-Z2-7-]{31}\n[A-Za-z0-9+/=\n]+\n$/u)
    expect(wrapped.text()).not.toContain(wrapped.key.export({ type: 'pkcs8', format: 'der' }).toString('base64').slice(10, 40))
    expect((await keyOnDisk({})).text()).toMatch(/^-----BEGIN PRIVATE KEY-----\n/u)
    expect((await keyOnDisk({ store: vault, wraps: false })).text()).toMatch(/^-----BEGIN/u)
    expect((await keyOnDisk({ store: { unavailable: 'This desktop has none' } })).text()).toMatch(/^-----BEGIN/u)
  })

  it('hold the same key through every change of form', async () => {
    const { file, key } = await keyOnDisk({})
    let wraps = true
    const files = createKeyFiles({ store: vault }, { wraps: () => wraps })
    for (const place of ['keystore', 'file', 'keystore'] as const) {
      wraps = place === 'keystore'
      expect(await files.settle(file)).toBe(place)
      expect((await files.load(file))?.equals(key)).toBe(true)
      if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
    }
  })

  it('are not there when they are not there', async () => {
    const files = createKeyFiles({ store: vault })
    const file = join(tempDir(), 'none')
    expect(await files.load(file)).toBeNull()
    expect(await files.settle(file)).toBeNull()
  })

  it('that are wrapped stop a node without the desktop app, with the file and what to do', async () => {
    const { file, text } = await keyOnDisk({ store: vault })
    const before = text()
    const refusal = await createKeyFiles()
      .load(file)
      .catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'key_protected', exitCode: 78, details: { file, backend: 'gnome_libsecret' } })
    expect(refusal).toHaveProperty('message', expect.stringContaining(file))
    expect(refusal).toHaveProperty('action', expect.stringContaining('turn off "Protect the keys with the system\'s key store"'))
    expect(text()).toBe(before)
  })

  it.each([
    ['another user', createFakeVault('of another user')],
    ['a desktop without a key store', { unavailable: 'This desktop has none' }],
  ])('that %s cannot open say what to do, and stay as they are', async (_who, store) => {
    const { dir, file, text } = await keyOnDisk({ store: vault })
    const before = text()
    const files = createKeyFiles({ store })
    for (const attempt of [() => files.load(file), () => files.settle(file)]) {
      await expect(attempt()).rejects.toMatchObject({
        code: 'unreadable_key',
        exitCode: 78,
        action: expect.stringContaining('gnome_libsecret') as string,
      })
    }
    expect(text()).toBe(before)
    expect(readdirSync(dir)).toEqual(['identity.key'])
  })

  it('of a newer version are left to it', async () => {
    const { file, text } = await keyOnDisk({ store: vault })
    writeFileSync(file, text().replace('fcn-wrapped-key 1', 'fcn-wrapped-key 2'))
    await expect(createKeyFiles({ store: vault }).load(file)).rejects.toMatchObject({ action: 'Start that version.' })
  })

  it.skipIf(process.platform === 'win32')('are closed to others when they are opened (needs file modes)', async () => {
    const { file } = await keyOnDisk({})
    chmodSync(file, 0o644)
    await createKeyFiles().load(file)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('are gone when removed, with what a cut-off change has left', async () => {
    const { dir, file, text } = await keyOnDisk({})
    writeFileSync(`${file}.new`, text())
    await createKeyFiles().remove(file)
    expect(readdirSync(dir)).toEqual([])
  })
})

describe('a change of form', () => {
  /** The system's disk, which fails (and with it the program) at one step. */
  function failingAt(step: number): Disk {
    let steps = 0
    const orFail = <A extends unknown[], R>(run: (...args: A) => Promise<R>) => {
      return async (...args: A): Promise<R> => {
        if (++steps >= step) throw new Error('The power is gone.')
        return run(...args)
      }
    }
    const { read, write, rename, flushFolder, remove } = systemDisk
    return { read: orFail(read), write: orFail(write), rename: orFail(rename), flushFolder: orFail(flushFolder), remove: orFail(remove) }
  }

  it.each([
    { from: undefined, to: vault, wraps: true },
    { from: vault, to: vault, wraps: false },
  ])('leaves a file that opens, wherever it is cut off (wrapping: $wraps)', async ({ from, to, wraps }) => {
    let completed = false
    for (let step = 1; !completed; step++) {
      expect(step).toBeLessThan(12)
      const { dir, file, key } = await keyOnDisk({ store: from })
      const cutOff = createKeyFiles({ store: to, disk: failingAt(step) }, { wraps: () => wraps })
      completed = await cutOff.settle(file).then(
        () => true,
        () => false,
      )
      const again = createKeyFiles({ store: to }, { wraps: () => wraps })
      expect((await again.load(file))?.equals(key), `cut off at step ${step}`).toBe(true)
      expect(await again.settle(file)).toBe(wraps ? 'keystore' : 'file')
      expect((await again.load(file))?.equals(key)).toBe(true)
      expect(readdirSync(dir)).toEqual(['identity.key'])
    }
  })

  it('opens from every length to which the next form had been written', async () => {
    const { file, key, text } = await keyOnDisk({})
    const files = createKeyFiles({ store: vault })
    for (let length = 0; length < text().length; length += 40) {
      writeFileSync(`${file}.new`, text().slice(0, length))
      expect((await files.load(file))?.equals(key)).toBe(true)
    }
    await files.settle(file)
    expect(existsSync(`${file}.new`)).toBe(false)
  })

  it('keeps the form that is there when the key store gives back something else than it was given', async () => {
    const { dir, file, text } = await keyOnDisk({})
    const before = text()
    const other = newKey().export({ type: 'pkcs8', format: 'der' })
    const liar = { ...vault, open: async () => other }
    await expect(createKeyFiles({ store: liar }).settle(file)).rejects.toMatchObject({ code: 'unreadable_key' })
    expect(text()).toBe(before)
    expect(readdirSync(dir)).toEqual(['identity.key'])
  })
})

describe('a damaged key file', () => {
  it.each([{ store: vault }, { store: undefined }])('never gives another key and is never changed', async ({ store }) => {
    const { file, key, text } = await keyOnDisk({ store })
    const good = readFileSync(file)
    const damage = fc.array(fc.record({ at: fc.nat(good.length - 1), to: fc.nat(255) }), { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(damage, fc.option(fc.nat(good.length)), async (changes, length) => {
        const damaged = Buffer.from(good)
        for (const { at, to } of changes) damaged[at] = to
        const written = damaged.subarray(0, length ?? good.length)
        writeFileSync(file, written)
        const files = createKeyFiles({ store })
        const loaded = await files.load(file).catch((error: unknown) => error)
        if (loaded instanceof Error) expect(loaded).toMatchObject({ name: 'FcnError', exitCode: 78 })
        else expect((loaded as typeof key).equals(key)).toBe(true) // a changed line break, or the very same bytes
        expect(readFileSync(file).equals(written)).toBe(true)
      }),
      { numRuns: 300 },
    )
    expect(text()).not.toBe('')
  })
})
