/**
 * Requests of other nodes to be let in here. They survive restarts; a node has one per mesh. Decided ones are kept for a
 * while, so that a joiner that was away still learns the answer.
 */
import type { RequestView } from '../../contract/snapshot.ts'
import type { MeshId, NodeId } from '../components.ts'
import { FcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
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

interface Components {
  store: MeshStore
  clock: Clock
  /** A request gave way to a newer one, because too many wait. */
  onCrowded: (row: RequestRow) => void
}

type NewRequest = Pick<RequestRow, 'id' | 'mesh' | 'node' | 'publicKey' | 'name' | 'address' | 'os' | 'code' | 'invite'>
type Decision = { state: 'approved'; admissions: string[] } | { state: 'rejected'; codesDiffer: boolean }

export type Requests = ReturnType<typeof createRequests>

export function createRequests({ store, clock, onCrowded }: Components) {
  const rows = new Map<string, RequestRow>()
  const changed = createEmitter()

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
    for (const row of waiting.slice(0, Math.max(0, waiting.length + 1 - maxPending))) {
      drop(row.id)
      onCrowded(row)
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

    /** Reads them back, without those from before there were codes: nobody could compare them. */
    load(): void {
      for (const row of store.requests()) {
        if (row.state === 'pending' && row.code === null && row.invite === null) store.deleteRequest(row.id)
        else rows.set(row.id, row)
      }
    },

    /** Notes that a node asks, in place of what it asked of that mesh before; returns that. */
    add(said: NewRequest): { row: RequestRow; earlier: RequestRow | undefined } {
      const earlier = find(said.mesh, said.node)
      if (earlier) drop(earlier.id)
      makeRoom()
      const at = clock.now()
      const row = { ...said, state: 'pending', admissions: null, codesDiffer: false, createdAt: at, expiresAt: at + pendingFor } as const
      save(row)
      return { row, earlier }
    },

    undecided,
    decide(id: string, decision: Decision): RequestRow {
      const row = { ...undecided(id), ...decision, expiresAt: clock.now() + decidedFor }
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

interface Context {
  mesh: string
  note: string | null
  removedBefore: RequestView['removedBefore']
}

export function requestView(row: RequestRow, { mesh, note, removedBefore }: Context): RequestView {
  const { id, address, os, createdAt, code } = row
  const from = { id, mesh: { id: row.mesh, name: mesh }, node: { id: row.node, name: row.name }, address, os, createdAt }
  return { ...from, code, invite: row.invite === null ? null : { id: row.invite, note }, removedBefore }
}
