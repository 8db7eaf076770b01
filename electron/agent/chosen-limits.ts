/** What peers may take of a capability or service, from what the user chose. Pure. */
import { type CapabilityLimits, capabilityLimits, defaultLimits } from '../contract/routing.ts'
import { FcnError } from './errors.ts'

/** Only what differs from the usual by the user's choice, so that what was not chosen follows the usual. */
export type ChosenLimits = Partial<CapabilityLimits>

/** The limits that hold: what was not chosen is as usual, and one peer never has more places than there are. */
export function limitsFrom(chosen: ChosenLimits): CapabilityLimits {
  const limits = { ...defaultLimits, ...chosen }
  return { ...limits, concurrentPerPeer: Math.min(limits.concurrentPerPeer, limits.concurrent) }
}

/**
 * What is chosen after a change; null takes every choice back. Throws `invalid_input` when the change asks for more
 * places for one peer than there are; fewer places for all lower those of one silently, as people mean it.
 */
export function chosenLimits(chosen: ChosenLimits, change: Partial<CapabilityLimits> | null | undefined): ChosenLimits {
  if (change === undefined) return chosen
  if (change === null) return {}
  const next = { ...chosen, ...change }
  const places = limitsFrom(next).concurrent
  if (change.concurrentPerPeer !== undefined && change.concurrentPerPeer > places) {
    throw new FcnError(
      'invalid_input',
      `One peer cannot have ${change.concurrentPerPeer} requests served at once where all have ${places}.`,
      {
        action: 'Allow more requests at once, or fewer for one peer.',
      },
    )
  }
  const usual = (name: keyof CapabilityLimits) => next[name] === undefined || next[name] === defaultLimits[name]
  return Object.fromEntries(Object.entries(next).filter(([name]) => !usual(name as keyof CapabilityLimits)))
}

/** As they are kept in a column; null when nothing was chosen. */
export const keptLimits = (chosen: ChosenLimits): string | null => (Object.keys(chosen).length === 0 ? null : JSON.stringify(chosen))

/** The other way round. Throws when the column holds something else. */
export const limitsKept = (column: string | null): ChosenLimits =>
  column === null ? {} : capabilityLimits.partial().parse(JSON.parse(column))
