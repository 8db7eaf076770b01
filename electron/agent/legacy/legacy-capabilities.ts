import type { OfferedCapability } from '../../contract/snapshot.ts'

/** Old nodes and their scripts send capabilities as an array or as one comma-separated string, which may be empty. */
export type GivenCapabilities = string[] | string

/** Names in the order given, trimmed, each once, unknown ones too; what could not be shown (over 64 characters) is left out. */
export function capabilityNamesOf(given: GivenCapabilities | undefined): string[] {
  const names = (Array.isArray(given) ? given : (given ?? '').split(',')).map((name) => name.trim())
  return [...new Set(names)].filter((name) => name.length > 0 && name.length <= 64).slice(0, 64)
}

export const offeredCapabilities = (given: GivenCapabilities): OfferedCapability[] =>
  capabilityNamesOf(given).map((name) => ({ name, state: 'ready' }))
