/**
 * The signed facts about one node. They merge like a join-semilattice: in any order, any number of times, the outcome
 * is the same, so whoever has heard the same facts holds the same.
 */
import type { NodeId } from '../../../components.ts'
import type { RemovalNotice, SignedRecord, Statement } from '../ports.ts'

export interface Facts {
  readonly node: NodeId
  readonly record: SignedRecord | null
  readonly statement: Statement | null
  readonly notice: RemovalNotice | null
}

/** The newer of two; of two with one number, which only a dishonest signer makes, the greater token. */
function newest<T extends { readonly token: string }>(a: T | null, b: T | null, number: (value: T) => number): T | null {
  if (a === null || b === null) return a ?? b
  const ahead = number(b) - number(a)
  return ahead > 0 || (ahead === 0 && b.token > a.token) ? b : a
}

const version = ({ version }: { version: number }) => version
const incarnation = ({ incarnation }: Statement) => incarnation

/** Facts about the same node; the same object as `a` when `b` tells nothing new. */
export function mergeFacts(a: Facts, b: Facts): Facts {
  const record = newest(a.record, b.record, version)
  const statement = newest(a.statement, b.statement, incarnation)
  const notice = newest(a.notice, b.notice, version)
  const same = record === a.record && statement === a.statement && notice === a.notice
  return same ? a : { node: a.node, record, statement, notice }
}

/** Those facts of `b` that would change `a`, so that only they need to be checked; null when there are none. */
export function newsOf(a: Facts | undefined, b: Facts): Facts | null {
  if (!a) return b
  const merged = mergeFacts(a, b)
  if (merged === a) return null
  return {
    node: a.node,
    record: merged.record === a.record ? null : merged.record,
    statement: merged.statement === a.statement ? null : merged.statement,
    notice: merged.notice === a.notice ? null : merged.notice,
  }
}
