import type { SQLInputValue } from 'node:sqlite'
import type { RouteQuery, RouteView } from '../../contract/routing.ts'

/** The filters of a query, said twice: for entries in memory, and as SQL for those on disk. They must mean the same. */
type Filter = Pick<RouteQuery, 'peer' | 'what' | 'result'>

export function matches({ from, sentTo, ranOn, what, result }: RouteView, filter: Filter): boolean {
  if (filter.result !== undefined && filter.result !== result) return false
  if (filter.what !== undefined && !same(filter.what, what)) return false
  const { peer } = filter
  if (peer === undefined) return true
  return [from, sentTo, ranOn].some((node) => node !== null && (same(node.id, peer) || same(node.name, peer)))
}

/** Conditions on a row of `routes`, to be joined by AND. */
export function conditionsOf({ peer, what, result }: Filter): { sql: string; values: SQLInputValue[] }[] {
  return [
    ...(result === undefined ? [] : [{ sql: 'result = ?', values: [result] }]),
    ...(what === undefined ? [] : [{ sql: 'what = ? COLLATE NOCASE', values: [what] }]),
    ...(peer === undefined
      ? []
      : [{ sql: '? COLLATE NOCASE IN (from_id, from_name, sent_id, sent_name, ran_id, ran_name)', values: [peer] }]),
  ]
}

/** As NOCASE compares: without regard to the case of A to Z. */
const same = (a: string, b: string): boolean => a === b || folded(a) === folded(b)
const folded = (text: string): string => text.replaceAll(/[A-Z]+/gu, (letters) => letters.toLowerCase())
