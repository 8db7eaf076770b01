/** When full syncs happen, and how those of others are answered. */
import type { NodeId } from '../../components.ts'
import type { SwimContext } from './context.ts'
import type { Learning } from './learning.ts'
import type { Answer, Request } from './messages.ts'
import type { MaybePromise } from './ports.ts'
import { guardRules } from './rules.ts'
import { bucketsText, rootOf } from './state/digest.ts'
import { belongs } from './state/member.ts'
import { nearBy } from './state/near.ts'
import { choosePartners } from './state/partners.ts'
import { answerEntries, factsFor } from './sync-entries.ts'
import type { Sync, SyncOutcome } from './sync.ts'

/** Syncs and fetches of ours at a time; more wait for their next turn. */
const maxAtOnce = 8

interface Components extends Pick<SwimContext, 'self' | 'rules' | 'timers' | 'random' | 'table' | 'transport' | 'report'> {
  sync: Sync
  learning: Learning
  /** After each whole sync. */
  done: (node: NodeId, outcome: SyncOutcome) => void
  /** Entries of another say that it believes these offline. */
  believedOffline: (members: readonly (readonly [NodeId, number])[]) => void
}

export type Syncing = ReturnType<typeof createSyncing>

export function createSyncing(components: Components) {
  const { self, rules, timers, random, table, transport, report, sync, learning, done, believedOffline } = components
  /** Peers with a sync under way, and members whose facts are being fetched. */
  const busy = new Set<NodeId>()
  const fetching = new Set<NodeId>()
  let pause = rules.syncInterval
  let cancel = () => {}

  function others(count: number) {
    const isNear = nearBy(transport)
    return choosePartners(table, { count, random, suits: ({ node, state }) => node !== self && state === 'online' && isNear(node) })
  }

  async function withPeer(node: NodeId): Promise<void> {
    if (busy.has(node) || busy.size >= maxAtOnce) return
    busy.add(node)
    try {
      const outcome = await sync.with(node)
      pause = outcome.equal ? Math.min(rules.syncInterval, pause * 2) : rules.hurriedSync
      done(node, outcome)
      if (!outcome.equal) schedule()
    } catch (error) {
      report(error)
    } finally {
      busy.delete(node)
    }
  }

  function schedule(): void {
    cancel()
    cancel = timers.after(pause * (0.8 + 0.4 * random.fraction()), () => {
      schedule()
      for (const { node } of others(1)) void withPeer(node)
    })
  }

  /** Gets facts from who has them; when that fails, from somebody else, who may have them by now. */
  async function fetch(nodes: readonly NodeId[], from: NodeId): Promise<void> {
    const lacking = nodes.filter((node) => !fetching.has(node)).slice(0, Math.max(0, guardRules.checks - fetching.size))
    if (lacking.length === 0) return
    for (const node of lacking) fetching.add(node)
    try {
      await sync.fetch(from, lacking)
    } catch {
      const [other] = others(1)
      if (other) await sync.fetch(other.node, lacking).catch(report)
    } finally {
      for (const node of lacking) fetching.delete(node)
    }
  }

  function give(from: NodeId, { facts }: Extract<Request, { type: 'give' }>): MaybePromise<Answer> {
    // who is no member may show its own record, and nothing else
    const taken = belongs(table.get(from)) ? facts : facts.filter(({ node }) => node === from)
    const learned = taken.map((one) => learning.learn(one, { from, spread: facts.length === 1 }))
    const answer: Answer = { type: 'taken' }
    return learned.some((one) => one instanceof Promise) ? Promise.all(learned.map(async (one) => one)).then(() => answer) : answer
  }

  return {
    withPeer,
    fetch,
    start(): void {
      pause = rules.hurriedSync
      schedule()
    },
    answer(from: NodeId, request: Request): MaybePromise<Answer> {
      if (request.type === 'give') return give(from, request)
      if (!belongs(table.get(from))) return { type: 'stranger' }
      switch (request.type) {
        case 'compare':
          return request.root === rootOf(table.buckets) ? { type: 'same' } : { type: 'buckets', buckets: bucketsText(table.buckets) }
        case 'entries':
          believedOffline(request.entries.flatMap(([node, , incarnation, , , offline]) => (offline ? [[node, incarnation] as const] : [])))
          return answerEntries(request, table)
        case 'fetch': {
          const { facts, more } = factsFor(request.nodes, (node) => table.get(node) ?? null)
          return { type: 'facts', facts, wants: [], offline: [], more }
        }
      }
    },
  }
}
