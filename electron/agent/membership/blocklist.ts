/** Keys this node refuses, whoever introduces them: the user's word here stands above any admission. Kept in SQLite. */
import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import type { BlockedView } from '../../contract/snapshot.ts'
import type { NodeId } from '../components.ts'
import { FcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import { createEmitter, type Signal } from '../support/signal.ts'

export const blocklistSchema = `CREATE TABLE IF NOT EXISTS blocked (
  node_id TEXT PRIMARY KEY, name TEXT NOT NULL, at REAL NOT NULL, why TEXT NOT NULL
) STRICT;`

/** Blocked keys kept; more than a person ever blocks by hand. */
const maxBlocked = 1_000

const row = z
  .object({ node_id: z.string(), name: z.string(), at: z.number(), why: z.enum(['request', 'peer']) })
  .transform(({ node_id: id, ...rest }) => ({ id, ...rest }))

export interface Blocklist {
  /** Announces the node whose standing changed. */
  readonly changed: Signal<NodeId>
  has(node: NodeId): boolean
  get(node: NodeId): BlockedView | undefined
  list(): BlockedView[]
  /** Blocks a node for good; one that is blocked already stays as it was. Throws `too_many`. */
  block(node: { id: NodeId; name: string }, why: BlockedView['why']): BlockedView
  /** Throws `not_found`. */
  unblock(node: NodeId): BlockedView
}

export function createBlocklist({ database, clock }: { database: DatabaseSync; clock: Clock }): Blocklist {
  const changed = createEmitter<NodeId>()
  const rows = database.prepare('SELECT * FROM blocked ORDER BY at').all()
  const blocked = new Map(rows.map((each) => row.parse(each)).map((view) => [view.id, view]))

  return {
    changed,
    has: (node) => blocked.has(node),
    get: (node) => blocked.get(node),
    list: () => [...blocked.values()],
    block({ id, name }, why) {
      const held = blocked.get(id)
      if (held) return held
      if (blocked.size >= maxBlocked) {
        throw new FcnError('too_many', `At most ${maxBlocked} nodes can be blocked.`, { action: 'Unblock some first.' })
      }
      const view = { id, name, at: clock.now(), why }
      database.prepare('INSERT INTO blocked (node_id, name, at, why) VALUES (?, ?, ?, ?)').run(id, name, view.at, why)
      blocked.set(id, view)
      changed.emit(id)
      return view
    },
    unblock(id) {
      const view = blocked.get(id)
      if (!view) throw new FcnError('not_found', 'This node is not blocked here.')
      database.prepare('DELETE FROM blocked WHERE node_id = ?').run(id)
      blocked.delete(id)
      changed.emit(id)
      return view
    },
  }
}
