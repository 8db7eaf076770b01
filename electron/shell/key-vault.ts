import type { SafeStorage } from 'electron'
import type { KeyVault } from '../agent/components.ts'
import { type Clock, sleep } from '../agent/support/clock.ts'

/** Longest wait for an answer of the system's key store, which may ask the user to unlock it, ms. */
const answerLimit = 60_000

type Storage = Pick<SafeStorage, 'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'>

/**
 * The system's key store by Electron's safeStorage, or why there is none to rely on. Only after the app is ready. On Linux
 * without a key store Electron "encrypts" with a key that everybody knows (`basic_text`): that is none.
 */
export async function openKeyVault(
  { safeStorage, clock }: { safeStorage: Storage; clock: Clock },
  platform: NodeJS.Platform = process.platform,
): Promise<KeyVault | { unavailable: string }> {
  const backend = backendOf(safeStorage, platform)
  if (backend === 'basic_text' || backend === 'unknown') {
    return { unavailable: `This desktop has no key store that the app knows (${backend})` }
  }
  const inTime = limited(clock)
  try {
    const available = await inTime(safeStorage.isAsyncEncryptionAvailable())
    if (!available) return { unavailable: `The key store of this system (${backend}) is locked or not there` }
  } catch {
    return { unavailable: `The key store of this system (${backend}) did not open` }
  }
  return {
    backend,
    // safeStorage takes text only
    seal: (plain) => inTime(safeStorage.encryptStringAsync(Buffer.from(plain).toString('base64'))),
    async open(sealed) {
      const { result } = await inTime(safeStorage.decryptStringAsync(Buffer.from(sealed)))
      return Buffer.from(result, 'base64')
    },
  }
}

/** Waits no longer than the limit, and rejects then. */
function limited(clock: Clock): <T>(answer: Promise<T>) => Promise<T> {
  return async (answer) => {
    const done = new AbortController()
    const late = sleep(clock, answerLimit, done.signal).then(() => {
      throw new Error(`The system's key store gave no answer within ${answerLimit / 1000} s.`)
    })
    return Promise.race([answer, late]).finally(() => done.abort())
  }
}

function backendOf(safeStorage: Storage, platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'keychain'
  if (platform === 'win32') return 'dpapi'
  return safeStorage.getSelectedStorageBackend()
}
