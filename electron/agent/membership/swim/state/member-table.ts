/** The members of one mesh as one node sees them. The only state that others read; every change goes through `put`. */
import type { NodeId } from '../../../components.ts'
import { emptyBuckets, toggle } from './digest.ts'
import { isPresent, type Member } from './member.ts'

/** What a table starts from. Never changed, so that the many tables of one simulation may share it. */
export interface TableBase {
  readonly members: ReadonlyMap<NodeId, Member>
  readonly order: readonly NodeId[]
  readonly buckets: Uint32Array
  readonly present: number
}

export interface MemberChange {
  readonly previous: Member | undefined
  readonly current: Member
}

export interface MemberTable {
  get(node: NodeId): Member | undefined
  put(member: Member): void
  /** Members ever heard of, those that left or were removed included. */
  readonly size: number
  /** Those online or suspect, this node included: the N of every formula. */
  readonly present: number
  /** Any member, by a number below `size`. */
  at(index: number): Member
  each(visit: (member: Member) => void): void
  /** A new list of all of them. */
  nodes(): NodeId[]
  readonly buckets: Uint32Array
}

export function tableBase(members: Iterable<Member>): TableBase {
  const list = [...members]
  const buckets = emptyBuckets()
  for (const { digest } of list) toggle(buckets, digest)
  return {
    members: new Map(list.map((member) => [member.node, member])),
    order: list.map(({ node }) => node),
    buckets,
    present: list.filter(isPresent).length,
  }
}

export function createMemberTable(base: TableBase, changed: (change: MemberChange) => void): MemberTable {
  /** What differs from the base. */
  const own = new Map<NodeId, Member>()
  const added: NodeId[] = []
  const buckets = Uint32Array.from(base.buckets)
  let present = base.present

  const get = (node: NodeId) => own.get(node) ?? base.members.get(node)
  const at = (index: number) => get((index < base.order.length ? base.order[index] : added[index - base.order.length]) as NodeId) as Member

  return {
    get,
    at,
    buckets,
    nodes: () => [...base.order, ...added],
    put(current) {
      const previous = get(current.node)
      if (previous) toggle(buckets, previous.digest)
      else added.push(current.node)
      toggle(buckets, current.digest)
      present += Number(isPresent(current)) - Number(isPresent(previous))
      own.set(current.node, current)
      changed({ previous, current })
    },
    get size() {
      return base.order.length + added.length
    },
    get present() {
      return present
    },
    each(visit) {
      const { length } = base.order
      for (let index = 0; index < length + added.length; index++) visit(at(index))
    },
  }
}
