/** Whom it would touch if this node went away now, from its snapshot: what Quit asks about. Pure. */
import type { Snapshot } from '../contract/snapshot.ts'

interface User {
  id: string
  name: string
}

/** Peers that use a capability or service of this node, or did within the last minute; each once, by name. */
export function usersOf({ capabilities, rates }: Pick<Snapshot, 'capabilities' | 'rates'>): User[] {
  const offered = Object.values(capabilities).flatMap(({ usedBy }) => usedBy)
  const served = Object.values(rates).flatMap(({ direction, peer, underWay, bytesPerSecond }) =>
    direction === 'from' && (underWay > 0 || bytesPerSecond > 0) ? [peer] : [],
  )
  const users = new Map([...offered, ...served].map((user) => [user.id, user]))
  return [...users.values()].toSorted((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id))
}

/** Pairs of members that reach each other through this node now. */
const pairsOf = ({ hubs }: Pick<Snapshot, 'hubs'>): number => Object.values(hubs).reduce((sum, { pairs }) => sum + pairs, 0)

export interface QuitQuestion {
  message: string
  detail: string
}

const maxNames = 3

/** What to ask before quitting; null when nobody would notice: then nothing is asked. */
export function quitQuestion(snapshot: Pick<Snapshot, 'capabilities' | 'rates' | 'hubs'>): QuitQuestion | null {
  const users = usersOf(snapshot)
  const pairs = pairsOf(snapshot)
  if (users.length === 0 && pairs === 0) return null
  const message =
    users.length > 0 ? `${count(users.length, 'peer uses', 'peers use')} this computer.` : 'Peers reach each other through this computer.'
  const lines = [
    ...(users.length > 0 ? [`If you quit, what ${named(users)} ${users.length === 1 ? 'does' : 'do'} here stops.`] : []),
    ...(pairs > 0
      ? [`${count(pairs, 'pair of members is', 'pairs of members are')} connected through it and would have to find another way.`]
      : []),
    'They are told that this computer is going. What it keeps for others is out of reach until it is back.',
  ]
  return { message, detail: lines.join('\n') }
}

/** Whether quitting asks: the label of Quit ends in an ellipsis then. */
export const isUsedByOthers = (snapshot: Pick<Snapshot, 'capabilities' | 'rates' | 'hubs'>): boolean =>
  usersOf(snapshot).length + pairsOf(snapshot) > 0

const count = (amount: number, one: string, many: string) => `${amount} ${amount === 1 ? one : many}`

function named(users: readonly User[]): string {
  const names = users.slice(0, maxNames).map(({ name }) => name)
  const rest = users.length - names.length
  const all = rest > 0 ? [...names, count(rest, 'other', 'others')] : names
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`
}
