import { expect, test } from 'vitest'
import { openKeyVault } from '../../../electron/shell/key-vault.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'
import { createFakeVault } from '../../fakes/fake-vault.ts'

function storage({ backend = 'gnome_libsecret', available = Promise.resolve(true) }: { backend?: string; available?: Promise<boolean> }) {
  const vault = createFakeVault()
  return {
    getSelectedStorageBackend: () => backend as never,
    isAsyncEncryptionAvailable: () => available,
    encryptStringAsync: async (text: string) => Buffer.from(await vault.seal(Buffer.from(text))),
    decryptStringAsync: async (sealed: Buffer) => ({ shouldReEncrypt: false, result: Buffer.from(await vault.open(sealed)).toString() }),
  }
}

const open = (safeStorage: ReturnType<typeof storage>, platform: NodeJS.Platform = 'linux') =>
  openKeyVault({ safeStorage, clock: createFakeClock() }, platform)

test('what it seals it opens, any bytes', async () => {
  const vault = await open(storage({}))
  if (!('seal' in vault)) throw new Error(vault.unavailable)
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index)
  const sealed = await vault.seal(bytes)
  expect(Buffer.from(sealed).includes(Buffer.from(bytes))).toBe(false)
  expect(Buffer.from(await vault.open(sealed)).equals(bytes)).toBe(true)
  await expect(vault.open(bytes)).rejects.toBeInstanceOf(Error)
})

test.each(['basic_text', 'unknown'])('%s is no key store', async (backend) => {
  expect(await open(storage({ backend }))).toEqual({ unavailable: expect.stringContaining(backend) as string })
})

test('a locked or failing key store is said to be so', async () => {
  expect(await open(storage({ available: Promise.resolve(false) }))).toHaveProperty('unavailable')
  expect(await open(storage({ available: Promise.reject(new Error('no bus')) }))).toHaveProperty('unavailable')
})

test('a key store that never answers is not waited for for ever', async () => {
  const clock = createFakeClock()
  const opening = openKeyVault({ safeStorage: storage({ available: new Promise(() => undefined) }), clock }, 'linux')
  await clock.advance(60_000)
  expect(await opening).toHaveProperty('unavailable')
})

test('a key store that falls silent later is not waited for for ever either', async () => {
  const clock = createFakeClock()
  const never = () => new Promise<never>(() => undefined)
  const safeStorage = { ...storage({}), encryptStringAsync: never, decryptStringAsync: never }
  const vault = await openKeyVault({ safeStorage, clock }, 'linux')
  if (!('seal' in vault)) throw new Error(vault.unavailable)
  const asked = Promise.allSettled([vault.seal(new Uint8Array(1)), vault.open(new Uint8Array(1))])
  await clock.advance(60_000)
  expect((await asked).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(clock.pending).toBe(0)
})

test('macOS and Windows have one each', async () => {
  expect(await open(storage({ backend: 'unknown' }), 'darwin')).toMatchObject({ backend: 'keychain' })
  expect(await open(storage({ backend: 'unknown' }), 'win32')).toMatchObject({ backend: 'dpapi' })
})
