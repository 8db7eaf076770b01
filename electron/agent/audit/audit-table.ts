import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { auditEntry, type AuditEntry } from '../../contract/audit.ts'
import { transaction } from '../support/transaction.ts'
import { chainHash, genesis, type Unchained } from './hash-chain.ts'

const row = z
  .object({
    seq: z.number(),
    at: z.number(),
    action: z.string(),
    actor: z.string(),
    actor_id: z.string().nullable(),
    subject: z.string().nullable(),
    subject_id: z.string().nullable(),
    outcome: auditEntry.shape.outcome,
    details: z.string(),
    hash: z.string(),
  })
  .transform(({ actor_id: actorId, subject_id: subjectId, details, ...rest }) => ({
    ...rest,
    actorId,
    subjectId,
    details: detailsOf(details),
  }))

function detailsOf(text: string): AuditEntry['details'] {
  const value: unknown = JSON.parse(text)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as AuditEntry['details']
  throw new SyntaxError('The details of an audit entry are no object.')
}

/** The entry of a row of the table; null for a row that this program cannot have written. */
export function entryOf(found: unknown): AuditEntry | null {
  try {
    return row.parse(found)
  } catch {
    return null // whoever asks says what that means
  }
}

/** One end of the chain. */
export interface ChainEnd {
  seq: number
  hash: string
}

const chainRow = z
  .object({ anchor_seq: z.number(), anchor_hash: z.string(), head_seq: z.number(), head_hash: z.string() })
  .transform((found) => ({
    anchor: { seq: found.anchor_seq, hash: found.anchor_hash || genesis },
    head: { seq: found.head_seq, hash: found.head_hash || genesis },
  }))

/** The audit log in SQLite. Every function is one transaction; all throw what SQLite throws. */
export interface AuditTable {
  /** Where the chain begins (the last entry that was removed) and ends. */
  ends(): { anchor: ChainEnd; head: ChainEnd }
  append(entry: Omit<Unchained, 'seq'>): void
  /** The next rows after `seq`, oldest first. */
  after(seq: number, limit: number): unknown[]
  /** Removes everything up to `seq`. */
  removeUpTo(seq: number): void
  /** The last entry before the first one that is not older than `time`. */
  lastBefore(time: number): number
}

export function createAuditTable(database: DatabaseSync): AuditTable {
  const insert = database.prepare(
    'INSERT INTO audit (seq, at, action, actor, actor_id, subject, subject_id, outcome, details, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const selectEnds = database.prepare('SELECT * FROM audit_chain')
  const selectAfter = database.prepare('SELECT * FROM audit WHERE seq > ? ORDER BY seq LIMIT ?')
  const selectHash = database.prepare('SELECT hash FROM audit WHERE seq = ?')
  const moveAnchor = database.prepare('UPDATE audit_chain SET anchor_seq = ?, anchor_hash = ?')
  const remove = database.prepare('DELETE FROM audit WHERE seq <= ?')
  const firstYoung = database.prepare('SELECT seq FROM audit WHERE at >= ? ORDER BY seq LIMIT 1')

  const ends = () => chainRow.parse(selectEnds.get())
  return {
    ends,
    append(entry) {
      const { head } = ends()
      // as SQLite and JSON will give them back
      const stored: Unchained = {
        ...entry,
        seq: head.seq + 1,
        actor: storable(entry.actor),
        actorId: entry.actorId && storable(entry.actorId),
        subject: entry.subject && storable(entry.subject),
        subjectId: entry.subjectId && storable(entry.subjectId),
        details: JSON.parse(JSON.stringify(entry.details)) as AuditEntry['details'],
      }
      const { seq, at, action, actor, actorId, subject, subjectId, outcome, details } = stored
      const hash = chainHash(head.hash, stored)
      insert.run(seq, at, action, actor, actorId, subject, subjectId, outcome, JSON.stringify(details), hash)
    },
    after: (seq, limit) => selectAfter.all(seq, limit),
    removeUpTo(seq) {
      const last = selectHash.get(seq) as { hash: string } | undefined
      if (last === undefined) return
      transaction(database, () => {
        moveAnchor.run(seq, last.hash)
        remove.run(seq)
      })
    },
    lastBefore: (time) => ((firstYoung.get(time) as { seq: number } | undefined)?.seq ?? ends().head.seq + 1) - 1,
  }
}

/** Text that SQLite gives back as it took it: no lone surrogates, which UTF-8 cannot say, and no NUL, which ends a text in C. */
const storable = (text: string) => text.toWellFormed().replaceAll('\u0000', '\uFFFD')

/**
 * Gives entries of version 1, which had no hashes, theirs. Does nothing when there are none. Whatever happened to them
 * before cannot be noticed any more.
 */
export function chainOldEntries(database: DatabaseSync): void {
  const page = database.prepare("SELECT * FROM audit WHERE hash = '' AND seq > ? ORDER BY seq LIMIT 1000")
  const setHash = database.prepare('UPDATE audit SET hash = ? WHERE seq = ?')
  const setHead = database.prepare('UPDATE audit_chain SET head_seq = ?, head_hash = ?')
  transaction(database, () => {
    let { head } = chainRow.parse(database.prepare('SELECT * FROM audit_chain').get())
    for (let rows = page.all(head.seq); rows.length > 0; rows = page.all(head.seq)) {
      for (const found of rows) {
        const entry = row.parse(found)
        const hash = chainHash(head.hash, entry)
        setHash.run(hash, entry.seq)
        head = { seq: entry.seq, hash }
      }
      setHead.run(head.seq, head.hash)
    }
  })
}
