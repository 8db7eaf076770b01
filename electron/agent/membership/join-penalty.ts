/**
 * The price of asking to join and not being let in. Whoever wants to hit a six-digit code by trying again waits longer
 * each time: per address, since keys are free; an IPv6 network counts as one, since its addresses are free, too.
 * Kept in memory: a stranger cannot restart this node.
 */
import { isIPv6 } from 'node:net'
import { FcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'

const first = 5_000
const growth = 3
const longest = 3_600_000
/** Failures count for this long after the last request or failure, ms. */
const memory = 24 * 3_600_000
/** Addresses remembered; the one not heard of for longest is forgotten first. */
const maxNetworks = 10_000
/** Requests of one address that may be open at a time for nothing: a household behind one router. */
const freeOpen = 3

/** Wait after so many failures, ms: none, 5 s, 15 s, 45 s … up to an hour. */
export function penaltyOf(failures: number): number {
  return failures <= 0 ? 0 : Math.min(longest, first * growth ** (Math.min(failures, 32) - 1))
}

/** What counts as one asker: an IPv4 address, or the /64 of an IPv6 address. */
export function networkOf(address: string): string {
  const bare = address.replace(/%.*$/u, '').toLowerCase()
  if (!isIPv6(bare)) return bare
  const [left = [], right] = bare.split('::').map((side) => side.split(':').filter((group) => group !== ''))
  const tail = (right ?? []).flatMap((group) => (group.includes('.') ? [group, ''] : [group])) // IPv4 notation fills two groups
  const zeros = right ? Array.from({ length: Math.max(0, 8 - left.length - tail.length) }, () => '0') : []
  const network = [...left, ...zeros, ...tail].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16))
  return `${network.join(':')}::/64`
}

export type JoinPenalty = ReturnType<typeof createJoinPenalty>

export function createJoinPenalty({ clock }: { clock: Clock }) {
  const networks = new Map<string, { failures: number; at: number }>()

  const current = (network: string) => {
    const held = networks.get(network)
    return held && clock.monotonic() - held.at < memory ? held : null
  }

  function remember(network: string, failures: number, at: number): void {
    networks.delete(network) // re-inserted last: the map's order is the order in which they were heard of
    networks.set(network, { failures, at })
    if (networks.size > maxNetworks) networks.delete(networks.keys().next().value as string)
  }

  return {
    /**
     * Lets the next request of an address pass, of which `open` are undecided; throws `too_many` (details: retryAfter,
     * seconds) while it has to wait.
     */
    pass(address: string, open: number): void {
      const network = networkOf(address)
      const held = current(network)
      const failures = held?.failures ?? 0
      const wait = held ? held.at + penaltyOf(failures + Math.max(0, open + 1 - freeOpen)) - clock.monotonic() : 0
      if (wait > 0) throw tooMany(Math.ceil(wait / 1000))
      remember(network, failures, clock.monotonic())
    },
    /** Counts a request that ended without anybody being let in, now or at a time before (monotonic ms). */
    fail(address: string, at = clock.monotonic()): void {
      const network = networkOf(address)
      const held = current(network)
      remember(network, (held?.failures ?? 0) + 1, Math.max(at, held?.at ?? 0))
    },
  }
}

export function tooMany(seconds: number): FcnError {
  return new FcnError('too_many', 'Too many requests to join came from this address.', {
    action: `Try again in ${seconds} s.`,
    details: { retryAfter: seconds },
  })
}
