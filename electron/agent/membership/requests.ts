/**
 * Requests of other nodes to be let in here. They survive restarts; a node has one per mesh, asking again renews it.
 * Decided ones are kept for a while, so that a joiner that was away still learns the answer.
 */
import type { RequestView } from '../../contract/snapshot.ts'
import type { MeshId, NodeId } from '../components.ts'
import { FcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import type { Logger } from '../support/logger.ts'
import type { Random } from '../support/random.ts'
import { createRateLimit } from '../support/rate-limit.ts'
import { createEmitter } from '../support/signal.ts'
import type { MeshStore, RequestRow } from './mesh-store.ts'

/** Requests that wait at a time; the oldest gives way to a new one. */
const maxPending = 32
/** Decided requests kept for their joiners. */
const maxDecided = 256
/** A request waits this long for a person, ms. */
const pendingFor = 24 * 3_600_000
/** A decision waits this long for its joiner, ms. */
const decidedFor = 7 * 24 * 3_600_000
/** Asking is cheap for a person and dear for a flood: tokens per address, and for all together. */
const perAddress = { burst: 10, perSecond: 1 / 10, maxKeys: 1_000 }
const overall = { burst: 60, perSecond: 1, maxKeys: 1 }

interface Components {
  store: MeshStore
  clock: Clock
  random: Random
  log: Logger
}

export type Requests = ReturnType<typeof createRequests>

export function createRequests({ store, clock, random, log }: Components) {
  const rows = new Map<string, RequestRow>()
  const changed = createEmitter()
  const addressLimit = createRateLimit(perAddress, clock)
  const overallLimit = createRateLimit(overall, clock)

  const live = () => [...rows.values()].filter((row) => row.expiresAt > clock.now())
  const pending = () => live().filter((row) => row.state === 'pending')
  const find = (mesh: MeshId, node: NodeId) => [...rows.values()].find((row) => row.mesh === mesh && row.node === node)

  function save(row: RequestRow): void {
    store.saveRequest(row)
    rows.set(row.id, row)
    changed.emit()
  }

  function drop(id: string): void {
    store.deleteRequest(id)
    if (rows.delete(id)) changed.emit()
  }

  function makeRoom(): void {
    const waiting = pending()
    const decided = live().filter((row) => row.state !== 'pending')
    for (const { id, name, node } of waiting.slice(0, Math.max(0, waiting.length + 1 - maxPending))) {
      log.warn({ name, node }, 'A request to join was dropped, because too many wait.')
      drop(id)
    }
    for (const { id } of decided.slice(0, Math.max(0, decided.length - maxDecided))) drop(id)
  }

  /** The row of a pending request; throws `not_found`, `expired`. */
  function undecided(id: string): RequestRow {
    const row = rows.get(id)
    if (!row || row.state !== 'pending') throw new FcnError('not_found', 'There is no such request waiting.')
    if (row.expiresAt <= clock.now()) throw new FcnError('expired', `The request of ${row.name} ran out; it has to ask again.`)
    return row
  }

  return {
    changed,
    pending,
    find,
    get: (id: string): RequestRow | undefined => rows.get(id),

    load(): void {
      for (const row of store.requests()) rows.set(row.id, row)
    },

    /** Throws `too_many` with the seconds to wait when that address, or everybody together, asks too often. */
    countAttempt(address: string): void {
      const limit = [addressLimit, overallLimit].find((bucket) => !bucket.take(bucket === addressLimit ? address : 'all'))
      if (!limit) return
      const seconds = limit.retryAfter(limit === addressLimit ? address : 'all')
      throw new FcnError('too_many', 'Too many requests to join arrive here.', {
        action: `Try again in ${seconds} s.`,
        details: { retryAfter: seconds },
      })
    },

    /** Notes that a node asks; its earlier request for that mesh is renewed. Returns whether a person has to be told. */
    ask(said: Pick<RequestRow, 'mesh' | 'node' | 'publicKey' | 'name' | 'address' | 'os'>): { row: RequestRow; isNew: boolean } {
      const earlier = find(said.mesh, said.node)
      const isNew = !earlier || earlier.state !== 'pending' || earlier.expiresAt <= clock.now()
      if (isNew) makeRoom()
      const at = clock.now()
      if (earlier && isNew) drop(earlier.id)
      const fresh = { id: Buffer.from(random.bytes(9)).toString('base64url'), createdAt: at, state: 'pending', admissions: null } as const
      const row = { ...(isNew || !earlier ? fresh : earlier), ...said, expiresAt: at + pendingFor }
      save(row)
      return { row, isNew }
    },

    undecided,
    decide(id: string, state: 'approved' | 'rejected', admissions: string[] | null): RequestRow {
      const row = { ...undecided(id), state, admissions, expiresAt: clock.now() + decidedFor }
      save(row)
      return row
    },
    drop,

    /** Forgets those that ran out, and those for a mesh that is gone. */
    sweep(): void {
      for (const { id, expiresAt } of rows.values()) if (expiresAt <= clock.now()) drop(id)
    },
    dropMesh(mesh: MeshId): void {
      for (const row of rows.values()) if (row.mesh === mesh) drop(row.id)
    },

    /** Resolves when the request changes, after `wait` ms, or when `signal` aborts: whichever is first. */
    async settled(id: string, wait: number, signal: AbortSignal): Promise<void> {
      const before = rows.get(id)
      if (before?.state !== 'pending' || signal.aborted) return
      const ends: (() => void)[] = []
      await new Promise<void>((resolve) => {
        ends.push(clock.after(wait, resolve))
        ends.push(changed.subscribe(() => (rows.get(id) === before ? undefined : resolve())))
        signal.addEventListener('abort', () => resolve(), { once: true })
      })
      for (const end of ends) end()
    },
  }
}

export function requestView(row: RequestRow, meshName: string): RequestView {
  const { id, address, os, createdAt } = row
  const from = { id, mesh: { id: row.mesh, name: meshName }, node: { id: row.node, name: row.name }, address, os, createdAt }
  return { ...from, code: null, invite: null, removedBefore: null }
}
