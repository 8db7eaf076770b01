import type { SQLInputValue } from 'node:sqlite'
import type { CallArgs } from '../../contract/calls.ts'

type AuditQuery = CallArgs<'audit.list'>

/** A node id, by its form; anything else that names a peer is taken for an id of a legacy peer or a name. */
const nodeId = /^[A-Z2-7]{7}(?:-[A-Z2-7]{7}){3}$/u

/** The filters of `audit.list` as one statement, newest first. Texts, names and times are
 * found by going back from the newest entry, where people look; everything else is looked up in an index. */
export function auditStatement(query: AuditQuery): { sql: string; values: SQLInputValue[] } {
  const conditions = Object.entries(filters).flatMap(([name, filter]) => {
    const value = query[name as keyof typeof filters]
    return value === undefined ? [] : [filter(value as never)]
  })
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}`
  const values = conditions.flatMap((condition) => condition.values)
  return { sql: `SELECT * FROM audit ${where} ORDER BY seq DESC LIMIT ?`, values: [...values, query.limit] }
}

interface Condition {
  sql: string
  values: SQLInputValue[]
}

const filters: { [N in Exclude<keyof AuditQuery, 'limit'>]: (value: NonNullable<AuditQuery[N]>) => Condition } = {
  before: (seq) => ({ sql: 'seq < ?', values: [seq] }),
  // a range instead of LIKE, which would not use the index; nothing sorts behind U+10FFFF
  action: (beginning) => ({ sql: 'action >= ? AND action < ?', values: [beginning, `${beginning}\u{10FFFF}`] }),
  outcome: (outcome) => ({ sql: 'outcome = ?', values: [outcome] }),
  peer: (peer) =>
    nodeId.test(peer)
      ? { sql: '(actor_id = ? OR subject_id = ?)', values: [peer, peer] }
      : { sql: '? COLLATE NOCASE IN (actor_id, subject_id, actor, subject)', values: [peer] },
  text: (text) => ({
    sql: "(actor LIKE ? ESCAPE '\\' OR subject LIKE ? ESCAPE '\\')",
    values: [containing(text), containing(text)],
  }),
  since: (time) => ({ sql: 'at >= ?', values: [time] }),
  until: (time) => ({ sql: 'at <= ?', values: [time] }),
}

const containing = (text: string) => `%${text.replaceAll(/[\\%_]/gu, '\\$&')}%`
