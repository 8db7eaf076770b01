/** Which settings differ from their defaults, and the changes that take them back or undo a change. Pure. */
import { type Settings, settings as schema, type SettingsChange } from '../../../electron/contract/settings.ts'

/** Every setting but the name, which everybody chooses; absent where the node chooses itself. */
const defaults: Partial<Settings> = { ...schema.parse({ name: 'x' }), name: undefined }

/** Taken back by null: the node, or a list that may grow with the program, decides again. */
const freed: ReadonlySet<keyof Settings> = new Set(['port', 'host', 'ignoredInterfaces'] as const)

const same = (a: unknown, b: unknown) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
const sorted = (value: unknown) => (Array.isArray(value) ? value.map(String).toSorted() : (value ?? null))

export const defaultOf = <K extends keyof Settings>(key: K): Settings[K] | undefined => defaults[key]

/** Those of `keys` that differ from their default. */
export const changedFromDefault = (settings: Settings, keys: readonly (keyof Settings)[]): (keyof Settings)[] =>
  keys.filter((key) => key !== 'name' && !same(settings[key], defaults[key]))

/** The change that takes these settings back to their defaults. */
export const toDefaults = (keys: readonly (keyof Settings)[]): SettingsChange =>
  Object.fromEntries(keys.filter((key) => key !== 'name').map((key) => [key, freed.has(key) ? null : defaults[key]]))

/** The change that undoes another, made while the settings were as given. */
export const undoOf = (change: SettingsChange, before: Settings): SettingsChange =>
  Object.fromEntries(
    (Object.keys(change) as (keyof Settings)[]).map((key) => {
      const isDefault = freed.has(key) && same(before[key], defaults[key])
      return [key, isDefault ? null : (before[key] ?? null)]
    }),
  )
