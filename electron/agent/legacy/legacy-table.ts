import { isDeepStrictEqual } from 'node:util'
import { FcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import { type LegacyPeer, newPeer } from './legacy-peer.ts'
import type { LegacyRecord, LegacyStore } from './legacy-store.ts'
import { firstPoll, hasten } from './poll-schedule.ts'

/** The old nodes known now, by canonical URL; what must survive a restart is stored. */
interface LegacyTable {
  all(): LegacyPeer[]
  get(url: string): LegacyPeer | undefined
  /** Adds an old node or replaces what is kept of it, from what was known. Throws `too_many` when a new one has no room. */
  put(url: string, make: (known: LegacyRecord | undefined) => LegacyRecord): { peer: LegacyPeer; added: boolean }
  /** What a poll has brought. */
  update(peer: LegacyPeer): void
  remove(url: string): LegacyPeer | undefined
}

const maxPeers = 1000
/** How stale the stored time of last contact may get, ms; each write costs a disk sync. */
const saveSeenEvery = 5 * 60_000

export function createLegacyTable({ store, clock }: { store: LegacyStore; clock: Clock }): LegacyTable {
  const peers = new Map<string, LegacyPeer>()
  const savedAt = new Map<string, number>()
  for (const record of store.all()) peers.set(record.url, newPeer(record, firstPoll(clock.monotonic())))

  const save = (record: LegacyRecord) => {
    store.save(record)
    savedAt.set(record.url, clock.now())
  }

  return {
    all: () => [...peers.values()],
    get: (url) => peers.get(url),
    put(url, make) {
      const known = peers.get(url)
      if (known === undefined && peers.size >= maxPeers) {
        throw new FcnError('too_many', `This node knows ${maxPeers} legacy peers already, and takes no more.`, {
          action: 'Forget those that are gone.',
        })
      }
      const now = clock.monotonic()
      const record = make(known?.record)
      const fresh = known ?? newPeer(record, firstPoll(now))
      const peer = { ...fresh, record, polling: fresh.polling.failures > 0 ? hasten(fresh.polling, now) : fresh.polling }
      if (!isDeepStrictEqual(record, known?.record)) save(record) // a file that is synced again and again says the same
      peers.set(url, peer)
      return { peer, added: known === undefined }
    },
    update(peer) {
      const { record } = peer
      const before = peers.get(record.url)?.record
      peers.set(record.url, peer)
      const stale = clock.now() - (savedAt.get(record.url) ?? 0) >= saveSeenEvery
      const seen = record.lastSeen !== before?.lastSeen
      if ((seen && stale) || record.openToAnyone !== before?.openToAnyone) save(record)
    },
    remove(url) {
      const peer = peers.get(url)
      peers.delete(url)
      savedAt.delete(url)
      store.remove(url)
      return peer
    },
  }
}
