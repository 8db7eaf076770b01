import type { SQLInputValue } from 'node:sqlite'
import type { RouteQuery, RouteView } from '../../contract/routing.ts'

/** The filters of a query, said twice: for entries in memory, and as SQL for those on disk. They must mean the same. */
type Filter = Pick<RouteQuery, 'peer' | 'what' | 'result' | 'text' | 'since'>

export function matches({ at, from, sentTo, ranOn, what, result }: RouteView, filter: Filter): boolean {
  if (filter.since !== undefined && at < filter.since) return false
  if (filter.result !== undefined && filter.result !== result) return false
  if (filter.what !== undefined && !same(filter.what, what)) return false
  const nodes = [from, sentTo, ranOn].filter((node) => node !== null)
  const { peer, text } = filter
  if (text !== undefined && ![what, ...nodes.map(({ name }) => name)].some((name) => folded(name).includes(folded(text)))) return false
  return peer === undefined || nodes.some((node) => same(node.id, peer) || same(node.name, peer))
}

/** Conditions on a row of `routes`, to be joined by AND. */
export function conditionsOf({ peer, what, result, text, since }: Filter): { sql: string; values: SQLInputValue[] }[] {
  return [
    ...(since === undefined ? [] : [{ sql: 'at >= ?', values: [since] }]),
    ...(result === undefined ? [] : [{ sql: 'result = ?', values: [result] }]),
    ...(what === undefined ? [] : [{ sql: 'what = ? COLLATE NOCASE', values: [what] }]),
    ...(peer === undefined
      ? []
      : [{ sql: '? COLLATE NOCASE IN (from_id, from_name, sent_id, sent_name, ran_id, ran_name)', values: [peer] }]),
    ...(text === undefined ? [] : [contains(text)]),
  ]
}

/** LIKE folds the case of A to Z, as `folded` does. */
const contains = (text: string) => {
  const pattern = `%${text.replaceAll(/[\\%_]/gu, '\\$&')}%`
  const names = ['what', 'from_name', 'sent_name', 'ran_name']
  return { sql: `(${names.map((name) => `${name} LIKE ? ESCAPE '\\'`).join(' OR ')})`, values: names.map(() => pattern) }
}

/** As NOCASE compares: without regard to the case of A to Z. */
const same = (a: string, b: string): boolean => a === b || folded(a) === folded(b)
const folded = (text: string): string => text.replaceAll(/[A-Z]+/gu, (letters) => letters.toLowerCase())
