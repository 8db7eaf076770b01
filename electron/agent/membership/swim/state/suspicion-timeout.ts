import type { SwimRules } from '../rules.ts'

/** Independent accusers after the first that bring the wait down to its least (K of the formula). */
export function confirmationsWanted(present: number, rules: Pick<SwimRules, 'confirmations'>): number {
  return Math.max(0, Math.min(rules.confirmations, present - 2))
}

/**
 * How long a suspect may refute, ms (Lifeguard, 2017, section 4.2): from `spread × least` with one accuser down to
 * `least` with K more, by the logarithm of their number. `least` grows with the logarithm of the mesh, as gossip does.
 */
export function suspicionTimeout(
  { present, accusers, refused }: { present: number; accusers: number; refused: boolean },
  rules: Pick<SwimRules, 'confirmations' | 'suspicionUnit' | 'suspicionSpread' | 'refusedUnit'>,
): number {
  const least = (refused ? rules.refusedUnit : rules.suspicionUnit) * Math.max(1, Math.log10(Math.max(1, present)))
  const wanted = confirmationsWanted(present, rules)
  const most = wanted === 0 || refused ? least : rules.suspicionSpread * least
  const part = Math.log(Math.max(1, accusers)) / Math.log(wanted + 1)
  return wanted === 0 ? least : Math.max(least, most - (most - least) * part)
}
