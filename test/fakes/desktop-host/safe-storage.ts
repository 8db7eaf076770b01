import { createFakeVault } from '../fake-vault.ts'
import { app } from './app.ts'

const backend = process.env['HOST_KEY_STORE'] ?? 'basic_text'
const vault = createFakeVault(process.env['HOST_KEY_STORE_SECRET'] ?? '', backend)

/** As Electron on Linux: `unknown` before the app is ready; a desktop without a key store still "encrypts". */
export const safeStorage = {
  getSelectedStorageBackend: () => (app.isReady() ? backend : 'unknown'),
  isAsyncEncryptionAvailable: async () => app.isReady(),
  encryptStringAsync: async (plain: string) => Buffer.from(await vault.seal(Buffer.from(plain))),
  decryptStringAsync: async (sealed: Buffer) => ({
    shouldReEncrypt: false,
    result: Buffer.from(await vault.open(sealed)).toString('utf8'),
  }),
}
