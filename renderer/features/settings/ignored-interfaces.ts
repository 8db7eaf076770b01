import { fitsPattern } from '../../../electron/contract/name-pattern.ts'

/**
 * The list of interfaces that are left out, after one is taken in or left out by hand. Patterns that fit it give way
 * when it is taken in; what else they kept out stays out, by name.
 */
export function withInterface(
  patterns: readonly string[],
  name: string,
  { used, all }: { used: boolean; all: readonly string[] },
): string[] {
  if (!used) return fitsPattern(name, patterns) ? [...patterns] : [...patterns, name]
  const rest = patterns.filter((pattern) => !fitsPattern(name, [pattern]))
  const lost = all.filter((other) => other !== name && fitsPattern(other, patterns) && !fitsPattern(other, rest))
  return [...rest, ...lost]
}
