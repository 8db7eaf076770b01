/** Whether a network answers in place of everybody, by what was found at the addresses of several peers. Pure. */
import type { NodeId } from '../components.ts'

/**
 * What answered at the address of a peer: the peer, nothing, another key, a page over plain HTTP (by the hash of its
 * text), one that sends on to another host, or the status that HTTP has for a network that wants one to sign in (511).
 */
export type PlaceAnswer =
  | { kind: 'peer' | 'nothing' | 'sign-in' }
  | { kind: 'stranger'; key: string }
  | { kind: 'page'; hash: string }
  | { kind: 'redirect'; host: string }

/** Looks who answers where a peer should. Never rejects; answers within its own limit. */
export interface PlaceProbe {
  ask(node: NodeId, url: string, signal: AbortSignal): Promise<PlaceAnswer>
}

/** A network that answers in place of others until one has signed in on its page. */
export interface Portal {
  /** Host of that page as the network tells it; null when it does not. */
  page: string | null
}

/** What the system knows of the way to the internet; null where it does not say. */
export type SystemWord = 'portal' | 'limited' | 'full' | 'none' | 'unknown' | null

/** What was found at the address of a peer. */
export type FoundThere = PlaceAnswer & { url: string }

/**
 * A redirect to another host or status 511 is said by nobody else at the port of a node, so one is enough. A strange key
 * or page may be another machine that has the address now: two places that show the same one are not.
 */
export function judgePortal(answers: readonly FoundThere[], system: SystemWord): Portal | null {
  if (answers.some(({ kind }) => kind === 'peer')) return null
  const page = answers.find((answer) => answer.kind === 'redirect')?.host ?? null
  const said = system === 'portal' || page !== null || answers.some(({ kind }) => kind === 'sign-in')
  return said || hasTwin(answers) ? { page } : null
}

function hasTwin(answers: readonly FoundThere[]): boolean {
  const places = new Map<string, Set<string>>()
  for (const answer of answers) {
    const shown = answer.kind === 'stranger' ? answer.key : answer.kind === 'page' ? answer.hash : null
    if (shown === null) continue
    const hosts = places.get(shown) ?? new Set()
    places.set(shown, hosts.add(new URL(answer.url).hostname))
  }
  return [...places.values()].some((hosts) => hosts.size > 1)
}
