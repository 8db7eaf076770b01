import { setImmediate as nextTurn } from 'node:timers/promises'
import type { AuditCheck } from '../../contract/audit.ts'
import { type AuditTable, type ChainEnd, entryOf } from './audit-table.ts'
import { chainHash } from './hash-chain.ts'

/** Entries between two pauses, in which the node answers others: some 10 ms of work. */
const pageSize = 1_000

/**
 * Goes through the whole chain, from the anchor that retention left to the head at the moment of asking: every entry
 * must have the hash that follows from the one before, and the last one must be the head. Entries written or removed
 * by retention meanwhile do not disturb it. Throws what SQLite throws.
 */
export async function checkChain(table: AuditTable): Promise<AuditCheck> {
  const { head, anchor } = table.ends()
  let place = anchor
  let entries = 0
  const broken = (brokenAt: number): AuditCheck => ({ ok: false, entries, head: head.hash, brokenAt })

  const foreign = seqOf(table.after(head.seq, 1)[0]) ?? outside(table, anchor)
  if (foreign !== null) return broken(foreign)
  while (place.seq < head.seq) {
    const page = table.after(place.seq, pageSize)
    if (page.length === 0) return broken(place.seq + 1)
    for (const row of page) {
      const next = follower(place, row)
      if (next === null) return broken(seqOf(row) ?? place.seq + 1)
      place = next
      entries += 1
      if (place.seq >= head.seq) break
    }
    await nextTurn()
    const now = table.ends().anchor
    if (now.seq > place.seq) place = now
  }
  if (place.seq === head.seq && place.hash !== head.hash) return broken(head.seq)
  return { ok: true, entries, head: head.seq === 0 ? null : head.hash, brokenAt: null }
}

/** Where the chain stands after the row; null when it is no entry or does not follow. */
function follower(previous: ChainEnd, row: unknown): ChainEnd | null {
  const entry = entryOf(row)
  if (entry === null || entry.hash !== chainHash(previous.hash, entry)) return null
  return { seq: entry.seq, hash: entry.hash }
}

/** An entry that is there although the chain begins after it. */
function outside(table: AuditTable, anchor: ChainEnd): number | null {
  const oldest = seqOf(table.after(Number.MIN_SAFE_INTEGER, 1)[0])
  return oldest !== null && oldest <= anchor.seq ? oldest : null
}

function seqOf(row: unknown): number | null {
  const seq = (row as { seq?: unknown } | undefined)?.seq
  return typeof seq === 'number' ? seq : null
}
