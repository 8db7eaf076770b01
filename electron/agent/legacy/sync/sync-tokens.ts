/**
 * Tokens made here, each for one machine that may sync with this node. The token leaves this node once, when it is made;
 * here only its hash is kept, so that a copy of the database lets nobody in.
 */
import { createHash } from 'node:crypto'
import type { SyncTokenView } from '../../../contract/hub-sync.ts'
import type { SyncTokens } from '../../components.ts'
import { FcnError } from '../../errors.ts'
import type { Clock } from '../../support/clock.ts'
import { newId } from '../../support/new-id.ts'
import type { Random } from '../../support/random.ts'
import { createRateLimit } from '../../support/rate-limit.ts'
import { createEmitter } from '../../support/signal.ts'
import type { SyncTokenRow, SyncTokenStore } from './sync-token-store.ts'

const maxTokens = 100
/** 256 bits, and a beginning by which people and secret scanners know what it is. */
const secretBytes = 32
const prefix = 'fcnsync_'
/** What the old nodes allow an address, per token: 100 in 15 minutes, and 30 at once after a silence. */
const budget = { burst: 30, perSecond: 100 / 900, maxKeys: maxTokens }
/** How stale the stored time of last use may get, ms; each write costs a disk sync. */
const saveUseEvery = 60_000

interface SyncTokensComponents {
  store: SyncTokenStore
  clock: Clock
  random: Random
}

export function createSyncTokens({ store, clock, random }: SyncTokensComponents): SyncTokens {
  const rows = new Map(store.all().map((row) => [row.id, row]))
  const limit = createRateLimit(budget, clock)
  const changed = createEmitter()

  // by hash: how long it takes says nothing about tokens
  const find = (secret: string) => {
    const hash = hashOf(secret)
    return [...rows.values()].find(({ secretHash }) => secretHash === hash)
  }

  function noteUse(row: SyncTokenRow, address: string): SyncTokenView {
    const used = { ...row, lastUsedAt: clock.now(), lastUsedFrom: address }
    const isNews = row.lastUsedFrom !== address || row.lastUsedAt === null || used.lastUsedAt - row.lastUsedAt >= saveUseEvery
    if (!isNews) return viewOf(row)
    store.save(used)
    rows.set(used.id, used)
    changed.emit()
    return viewOf(used)
  }

  return {
    changed,
    list: () => [...rows.values()].map(viewOf),

    create(name) {
      if (rows.size >= maxTokens) {
        throw new FcnError('too_many', `There are ${maxTokens} sync tokens already.`, { action: 'Take those back that nobody uses.' })
      }
      const secret = prefix + Buffer.from(random.bytes(secretBytes)).toString('base64url')
      const id = newId(random)
      const row = { id, name, secretHash: hashOf(secret), createdAt: clock.now(), lastUsedAt: null, lastUsedFrom: null }
      store.save(row)
      rows.set(id, row)
      changed.emit()
      return { token: viewOf(row), secret }
    },

    revoke(id) {
      const row = rows.get(id)
      if (row === undefined) throw new FcnError('not_found', 'There is no such sync token.')
      store.remove(id)
      rows.delete(id)
      changed.emit()
      return viewOf(row)
    },

    matches: (secret) => find(secret) !== undefined,

    use(secret, address) {
      const row = find(secret)
      if (row === undefined) return null
      if (limit.take(row.id)) return noteUse(row, address)
      const retryAfter = limit.retryAfter(row.id)
      throw new FcnError('too_many', 'This sync token has been used too often.', {
        action: `Try again in ${retryAfter} seconds, and sync less often.`,
        details: { retryAfter },
      })
    },
  }
}

const viewOf = ({ id, name, createdAt, lastUsedAt, lastUsedFrom }: SyncTokenRow): SyncTokenView => ({
  ...{ id, name, createdAt, lastUsedAt, lastUsedFrom },
})

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('base64url')
