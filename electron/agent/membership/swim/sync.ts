/**
 * Full sync, the asking side: compares tables by digest, bucket by bucket, and exchanges only what differs. Finds what
 * gossip missed, and brings the two halves of a partition together.
 */
import type { NodeId } from '../../components.ts'
import type { SwimContext } from './context.ts'
import type { Learning } from './learning.ts'
import { type Answer, limits, type Request } from './messages.ts'
import { differing, rootOf } from './state/digest.ts'
import { ownFacts } from './state/member.ts'
import { entriesOf, factsFor } from './sync-entries.ts'

/** Longest wait for one answer, ms. */
const exchangeLimit = 5_000
/** Questions within one sync; the rest is left to the next. */
const maxRounds = 64
/** A sync that brought no more facts than this passes them on as rumours. */
const fewFacts = 16

interface Components extends Pick<SwimContext, 'self' | 'table' | 'transport'> {
  learning: Learning
  /** The other side believes these offline, in these incarnations. */
  believedOffline: (members: readonly (readonly [NodeId, number])[]) => void
}

export interface SyncOutcome {
  equal: boolean
  /** Members that the other side believes offline. */
  offline: ReadonlySet<NodeId>
}

export type Sync = ReturnType<typeof createSync>

export function createSync({ self, table, transport, learning, believedOffline }: Components) {
  const ask = (node: NodeId, request: Request) => transport.exchange(node, request, exchangeLimit)

  /** The digests of its buckets, or null when the tables are equal. A peer that does not know us is shown our record. */
  async function compare(node: NodeId): Promise<string | null> {
    for (const introduced of [false, true]) {
      const answer = await ask(node, { type: 'compare', root: rootOf(table.buckets) })
      if (answer.type === 'same') return null
      if (answer.type === 'buckets') return answer.buckets
      if (answer.type !== 'stranger' || introduced) break
      await ask(node, { type: 'give', facts: [ownFacts(self, table.get(self))] })
    }
    throw new Error('The peer does not take us for a member.')
  }

  async function take(node: NodeId, answer: Extract<Answer, { type: 'facts' }>): Promise<void> {
    const away = new Set(answer.offline.map(([member]) => member))
    const spread = answer.facts.length <= fewFacts
    await Promise.all(answer.facts.map(async (facts) => learning.learn(facts, { from: node, spread, offline: away.has(facts.node) })))
  }

  async function give(node: NodeId, wants: readonly NodeId[]): Promise<void> {
    for (let rest = [...wants]; rest.length > 0;) {
      const { facts, more } = factsFor(rest, (id) => table.get(id) ?? null)
      await ask(node, { type: 'give', facts })
      rest = more ? rest.slice(facts.length) : []
    }
  }

  return {
    /** Whole exchange with one member. Rejects when it cannot be reached or does not keep to the protocol. */
    async with(node: NodeId): Promise<SyncOutcome> {
      const offline = new Map<NodeId, number>()
      const theirs = await compare(node)
      if (theirs === null) return { equal: true, offline: new Set() }
      const groups = grouped(differing(table.buckets, theirs), table)
      for (let round = 0; groups.length > 0 && round < maxRounds; round++) {
        const buckets = groups[0] as number[]
        const answer = await ask(node, { type: 'entries', buckets, entries: entriesOf(buckets, table).slice(0, limits.entries) })
        if (answer.type !== 'facts') throw new Error('The peer answered something else.')
        for (const [member, incarnation] of answer.offline) offline.set(member, incarnation)
        await take(node, answer)
        await give(node, answer.wants)
        if (!answer.more) groups.shift()
      }
      believedOffline([...offline])
      return { equal: false, offline: new Set(offline.keys()) }
    },
    /** Gets the facts about some members from one who said that it has them. */
    async fetch(node: NodeId, nodes: readonly NodeId[]): Promise<void> {
      const answer = await ask(node, { type: 'fetch', nodes: nodes.slice(0, limits.nodes) })
      if (answer.type !== 'facts') return
      const asked = new Set(nodes)
      const wanted = answer.facts.filter((facts) => asked.has(facts.node))
      await Promise.all(wanted.map(async (facts) => learning.learn(facts, { from: node, spread: true })))
    },
    introduce: (node: NodeId): Promise<Answer> => ask(node, { type: 'give', facts: [ownFacts(self, table.get(self))] }),
  }
}

/** Buckets put together so that the entries of each group fit one question. */
function grouped(buckets: readonly number[], table: SwimContext['table']): number[][] {
  const sizes = new Map<number, number>()
  table.each(({ digest }) => sizes.set(digest.bucket, (sizes.get(digest.bucket) ?? 0) + 1))
  const groups: number[][] = []
  let room = 0
  for (const bucket of buckets) {
    const size = sizes.get(bucket) ?? 0
    const group = groups.at(-1)
    if (group && size <= room) group.push(bucket)
    else {
      groups.push([bucket])
      room = limits.entries / 2
    }
    room -= size
  }
  return groups
}
