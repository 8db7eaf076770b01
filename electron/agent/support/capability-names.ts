/** Names in the order given, trimmed, each once, unknown ones too; what could not be shown (over 64 characters) is left out. */
export function capabilityNamesOf(given: string[] | string | undefined): string[] {
  const names = (Array.isArray(given) ? given : (given ?? '').split(',')).map((name) => name.trim())
  return [...new Set(names)].filter((name) => name.length > 0 && name.length <= 64).slice(0, 64)
}
