/** Keeps every key of this node in the form that the user wants, from the start on and when the wish changes. */
import type { NodeView } from '../../contract/snapshot.ts'
import type { Health, SettingsStore, Startable } from '../components.ts'
import { toFcnError } from '../errors.ts'
import type { Logger } from '../support/logger.ts'
import { createEmitter, type Signal } from '../support/signal.ts'
import { type KeyFiles, type KeyPlace, type KeyStore, vaultOf } from './key-files.ts'

interface KeyProtectionComponents {
  keyFiles: KeyFiles
  /** The system's key store, as the desktop app found it. */
  store: KeyStore
  settings: Pick<SettingsStore, 'get' | 'changed'>
  health: Pick<Health, 'raise' | 'clear'>
  log: Logger
}

interface KeyProtectionOptions {
  identityFile: string
  rootKeyFiles: () => Promise<string[]>
  /** What other users can read or replace in the data folder. */
  exposed: () => string[]
}

export interface KeyProtection extends Startable {
  readonly changed: Signal<void>
  view(): NodeView['keyProtection']
}

export function createKeyProtection(
  { keyFiles, store, settings, health, log }: KeyProtectionComponents,
  { identityFile, rootKeyFiles, exposed }: KeyProtectionOptions,
): KeyProtection {
  const changed = createEmitter()
  const vault = vaultOf(store)
  let place: KeyPlace = 'file'
  let problems: string[] = []
  let turn = Promise.resolve()
  let unsubscribe: (() => void) | null = null

  async function settle(file: string): Promise<KeyPlace | null> {
    try {
      return await keyFiles.settle(file)
    } catch (thrown) {
      log.error({ file, err: thrown }, 'A key could not be brought into the form that is wanted.')
      const { code, message } = toFcnError(thrown)
      problems.push(code === 'internal' ? `The key file ${file} could not be changed.` : message)
      return null
    }
  }

  /** The identity is unwrapped last and wrapped first: when it is no longer protected, no other key is. */
  async function settleAll(): Promise<void> {
    problems = []
    const others = await rootKeyFiles()
    const protect = settings.get().protectKeys
    for (const file of protect ? [identityFile, ...others] : [...others, identityFile]) {
      const now = await settle(file)
      if (file === identityFile && now !== null) place = now
    }
    report()
    changed.emit()
  }

  function report(): void {
    show('keys_not_settled', problems.length > 0 && { ...notSettled, text: problems.join(' ') })
    const unavailable = store && 'unavailable' in store && settings.get().protectKeys ? store.unavailable : null
    show('keys_in_files', unavailable !== null && { ...inFiles, text: `${inFiles.text} Reason: ${unavailable}.` })
    const open = exposed()
    show('data_exposed', open.length > 0 && { ...dataExposed, text: `${dataExposed.text} ${open.join(', ')}.` })
  }

  function show(code: string, warning: false | Omit<Parameters<Health['raise']>[0], 'code'>): void {
    if (warning) health.raise({ code, ...warning })
    else health.clear(code)
  }

  const settleInTurn = () =>
    (turn = turn.then(settleAll).catch((err: unknown) => log.error({ err }, 'The keys could not be looked after.')))

  return {
    changed,
    view: () => ({ kind: place, backend: place === 'keystore' ? (vault?.backend ?? null) : null, why: whyFile() }),
    async start() {
      unsubscribe ??= settings.changed.subscribe(({ previous, current }) => {
        if (previous.protectKeys !== current.protectKeys) void settleInTurn()
      })
      await settleInTurn()
    },
    async stop() {
      unsubscribe?.()
      unsubscribe = null
      await turn
    },
  }

  function whyFile(): string | null {
    if (place === 'keystore' || !store) return null
    if (!settings.get().protectKeys) return 'It is switched off in the settings.'
    if ('unavailable' in store) return `${store.unavailable}.`
    return problems[0] ?? null
  }
}

const notSettled = {
  severity: 'warning' as const,
  title: 'A key could not be protected or released',
  action: 'Nothing was lost. Unlock the key store of this system and change the setting once more, or restart the app.',
}

const inFiles = {
  severity: 'info' as const,
  title: 'Keys are kept in files only',
  text: 'This system offers no key store to rely on, so the private keys are in files that only you can read.',
  action: 'Encrypt the disk, or install a key store (GNOME Keyring, KWallet) and restart the app.',
}

const dataExposed = {
  severity: 'warning' as const,
  title: 'Other users of this computer can get at the data of this node',
  text: 'They can read or replace:',
  action: 'Close the data folder to others (chmod 700), then restart the node.',
}
