/** The table as a full sync compares it, and what one side has that the other lacks. Pure. */
import type { NodeId } from '../../components.ts'
import { type Answer, type Entry, factsBudget, limits } from './messages.ts'
import { bucketOf, digestOf } from './state/digest.ts'
import type { Facts } from './state/facts.ts'
import { incarnationOf, type Member } from './state/member.ts'
import type { MemberTable } from './state/member-table.ts'

export function entryOf(member: Member): Entry {
  const { node, record, notice, state } = member
  return [node, record?.version ?? 0, incarnationOf(member), notice?.version ?? 0, digestOf(member, false).low, state === 'offline']
}

export function entriesOf(buckets: readonly number[], table: Pick<MemberTable, 'each'>): Entry[] {
  const entries: Entry[] = []
  for (const member of membersIn(buckets, table)) entries.push(entryOf(member))
  return entries
}

function membersIn(buckets: readonly number[], table: Pick<MemberTable, 'each'>): Member[] {
  const wanted = new Set(buckets)
  const members: Member[] = []
  table.each((member) => void (wanted.has(member.digest.bucket) && members.push(member)))
  return members
}

/** Whether `a` stands for something that `b` lacks. With equal numbers and different hashes both sides have a look. */
export function isAhead(a: Entry, b: Entry | undefined): boolean {
  if (!b) return true
  const newer = [1, 2, 3].some((place) => Number(a[place]) > Number(b[place]))
  const equal = [1, 2, 3].every((place) => a[place] === b[place])
  return newer || (equal && a[4] !== b[4])
}

/** Facts about these nodes, as many as fit one message. */
export function factsFor(nodes: readonly NodeId[], get: (node: NodeId) => Facts | null): { facts: Facts[]; more: boolean } {
  const facts: Facts[] = []
  let room = factsBudget
  for (const node of nodes) {
    const known = get(node)
    if (!known) continue
    room -= sizeOf(known)
    if (facts.length >= limits.facts || (room < 0 && facts.length > 0)) return { facts, more: true }
    facts.push({ node, record: known.record, statement: known.statement, notice: known.notice })
  }
  return { facts, more: false }
}

/** Characters, without the names of the fields. */
const sizeOf = ({ record, statement, notice }: Facts) =>
  64 + (record?.token.length ?? 0) + (statement?.token.length ?? 0) + (notice?.token.length ?? 0)

/** The answer to another's entries of some buckets. */
export function answerEntries(
  { buckets, entries }: { buckets: readonly number[]; entries: readonly Entry[] },
  table: Pick<MemberTable, 'each' | 'get'>,
): Extract<Answer, { type: 'facts' }> {
  const wanted = new Set(buckets)
  const theirs = new Map(entries.filter(([node]) => wanted.has(bucketOf(node))).map((entry) => [entry[0], entry]))
  const members = membersIn(buckets, table)
  const ahead = members.filter((member) => isAhead(entryOf(member), theirs.get(member.node)))
  const { facts, more } = factsFor(
    ahead.map(({ node }) => node),
    (node) => table.get(node) ?? null,
  )
  const wants = [...theirs.values()].flatMap((entry) => {
    const member = table.get(entry[0])
    return isAhead(entry, member && entryOf(member)) ? [entry[0]] : []
  })
  const offline = members.flatMap((member): [NodeId, number][] =>
    member.state === 'offline' ? [[member.node, incarnationOf(member)]] : [],
  )
  return {
    type: 'facts',
    facts,
    wants: wants.slice(0, limits.nodes),
    offline: offline.slice(0, limits.entries),
    more: more || wants.length > limits.nodes,
  }
}
