import type { SafeStorage } from 'electron'
import type { KeyVault } from '../agent/components.ts'
import { type Clock, sleep } from '../agent/support/clock.ts'

/** Longest wait for the system's key store, which may ask the user to unlock it, ms. */
const openLimit = 60_000

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
  const done = new AbortController()
  try {
    const late = sleep(clock, openLimit, done.signal).then(() => Promise.reject(new Error('late')))
    const available = await Promise.race([safeStorage.isAsyncEncryptionAvailable(), late])
    if (!available) return { unavailable: `The key store of this system (${backend}) is locked or not there` }
  } catch {
    return { unavailable: `The key store of this system (${backend}) did not open` }
  } finally {
    done.abort()
  }
  return {
    backend,
    // safeStorage takes text only
    seal: (plain) => safeStorage.encryptStringAsync(Buffer.from(plain).toString('base64')),
    async open(sealed) {
      const { result } = await safeStorage.decryptStringAsync(Buffer.from(sealed))
      return Buffer.from(result, 'base64')
    },
  }
}

function backendOf(safeStorage: Storage, platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'keychain'
  if (platform === 'win32') return 'dpapi'
  return safeStorage.getSelectedStorageBackend()
}
