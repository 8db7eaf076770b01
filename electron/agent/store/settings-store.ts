import { join } from 'node:path'
import type { z } from 'zod'
import { type Settings, type SettingsChange, settings as settingsSchema, settingsChange } from '../../contract/settings.ts'
import type { SettingsStore } from '../components.ts'
import { FcnError } from '../errors.ts'
import { issueText } from '../support/issue-text.ts'
import { createEmitter } from '../support/signal.ts'

/** What is used of conf and of electron-store, its subclass: a JSON file written atomically, with migrations. */
interface FileStore {
  store: Record<string, unknown>
}
interface FileStoreOptions {
  cwd: string
  /** electron-store's word for the file name without ending. */
  name: string
  /** conf's word for the same. */
  configName: string
  projectName: string
  projectVersion: string
  migrations: Record<string, (store: FileStore) => void>
  clearInvalidConfig: false
  configFileMode: number
}
export type FileStoreClass = new (options: FileStoreOptions) => FileStore

/** Version of the file's shape, counted apart from the program's; raise it together with a migration. */
const settingsVersion = '1.0.0'

/** Keyed by the settings version they lead to. `1.0.0` is the first shape, so there is nothing to move yet. */
const migrations: FileStoreOptions['migrations'] = {}

/**
 * Opens `<dataDir>/settings.json` with the given store class: electron-store's in the app, conf's elsewhere. Both keep
 * the same file. Throws `unreadable_settings`, and leaves the file alone, when it is no JSON or holds a value that is
 * not allowed. Fields of newer versions are kept.
 */
export function openSettingsStore(dataDir: string, defaults: { name: string }, Store: FileStoreClass): SettingsStore {
  const file = join(dataDir, 'settings.json')
  const store = openFile(Store, dataDir, file)
  let current = read(store, file, defaults)
  const changed = createEmitter<{ previous: Settings; current: Settings }>()

  return {
    changed,
    get: () => current,
    update(change) {
      const previous = current
      const raw = { ...store.store, ...checkedChange(change) }
      const next = parse(settingsSchema, withoutNulls({ ...defaults, ...raw }))
      store.store = withoutNulls(raw)
      current = next
      changed.emit({ previous, current })
      return current
    },
  }
}

function openFile(Store: FileStoreClass, dataDir: string, file: string): FileStore {
  try {
    return new Store({
      cwd: dataDir,
      name: 'settings',
      configName: 'settings',
      projectName: 'free-compute-node',
      projectVersion: settingsVersion,
      migrations,
      clearInvalidConfig: false,
      configFileMode: 0o600,
    })
  } catch (cause) {
    throw unreadable(
      file,
      cause instanceof SyntaxError ? 'it is not valid JSON' : cause instanceof Error ? cause.message : 'unknown error',
      cause,
    )
  }
}

function read(store: FileStore, file: string, defaults: { name: string }): Settings {
  const result = settingsSchema.safeParse({ ...defaults, ...store.store })
  if (result.success) return result.data
  throw unreadable(file, issueText(result.error))
}

function checkedChange(change: SettingsChange): SettingsChange {
  return parse(settingsChange, change)
}

function parse<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new FcnError('invalid_input', `This setting is not allowed: ${issueText(result.error)}.`)
}

const withoutNulls = (record: object) => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null))

function unreadable(file: string, why: string, cause?: unknown): FcnError {
  return new FcnError('unreadable_settings', `The settings file ${file} cannot be read: ${why}.`, {
    action: 'Nothing was changed. Mend the file, put it back from a backup, or move it away to start with default settings.',
    cause,
  })
}
