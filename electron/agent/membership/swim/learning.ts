/** How signed facts from others enter the table: only what is new is checked, and only what holds is kept and passed on. */
import type { NodeId } from '../../components.ts'
import type { SwimContext } from './context.ts'
import type { Gossip } from './gossip.ts'
import { allHold, whenSettled } from './maybe-promise.ts'
import type { OwnLife } from './own-life.ts'
import type { PeerGuard } from './peer-guard.ts'
import type { MaybePromise } from './ports.ts'
import { guardRules } from './rules.ts'
import { type Facts, mergeFacts, newsOf } from './state/facts.ts'
import { createMember, incarnationOf, isPresent, noFacts, type Verdict, verdictOf } from './state/member.ts'

interface Components extends Pick<SwimContext, 'self' | 'table' | 'trust' | 'report'> {
  gossip: Gossip
  ownLife: OwnLife
  guard: PeerGuard
  /** A newer statement of the member arrived, or it is not asked for any more: doubts about it are settled. */
  settled: (node: NodeId) => void
  /** The peer gave something that does not hold. */
  forged: (from: NodeId) => void
  /** Others hold a record of this node newer than its own, from an earlier life. */
  outdated: (version: number) => void
}

interface Origin {
  from: NodeId
  /** Whether to tell others: yes for gossip, no for the bulk of a full sync, which finds its own way. */
  spread: boolean
  /** The giver believes the member offline: where we start when it is new to us. */
  offline?: boolean
}

export type Learning = ReturnType<typeof createLearning>

export function createLearning({ self, table, trust, report, gossip, ownLife, guard, settled, forged, outdated }: Components) {
  /** Facts that are being checked, so that the same ones arriving again are not checked twice. */
  const checking = new Set<string>()

  function holds({ record, statement, notice }: Facts, knownRecord: Facts['record']): MaybePromise<boolean> {
    const signer = record ?? knownRecord
    return allHold([
      () => record === null || trust.checkRecord(record),
      () => notice === null || trust.checkNotice(notice),
      () => statement === null || (signer !== null && trust.checkStatement(statement, signer)),
    ])
  }

  function keep(facts: Facts, { from, spread, offline = false }: Origin): void {
    const previous = table.get(facts.node)
    const news = newsOf(previous, facts)
    if (!news) return
    if (facts.node === self) {
      aboutSelf(news)
      return
    }
    const refuted = news.statement !== null && previous !== undefined && news.statement.incarnation > incarnationOf(previous)
    const verdict: Verdict = previous === undefined ? (offline ? 'offline' : 'online') : refuted ? 'online' : verdictOf(previous)
    const current = createMember(mergeFacts(previous ?? noFacts(facts.node), news), verdict, trust.admits)
    table.put(current)
    if (refuted || !isPresent(current)) settle(facts.node)
    if (spread || from === facts.node) pass(news)
  }

  function refuse(from: NodeId): void {
    guard.strike(from)
    forged(from)
  }

  function settle(node: NodeId): void {
    gossip.forgetAccusation(node)
    settled(node)
  }

  function pass({ node, record, statement, notice }: Facts): void {
    if (statement) gossip.spread({ kind: 'statement', statement })
    if (!record && !notice) return
    const held = table.get(node)
    gossip.spread({ kind: 'have', node, version: held?.record?.version ?? 0, ...(held?.notice ? { notice: held.notice.version } : {}) })
  }

  function aboutSelf({ record, statement, notice }: Facts): void {
    if (statement) ownLife.outlived(statement.incarnation)
    if (!record && !notice) return
    const own = table.get(self) ?? noFacts(self)
    table.put(createMember(mergeFacts(own, { ...noFacts(self), record, notice }), 'online', trust.admits))
    if (record) outdated(record.version)
  }

  /** Settles when the facts were checked; what does not hold counts against the giver. */
  function learn(facts: Facts, origin: Origin): MaybePromise<void> {
    const previous = table.get(facts.node)
    const news = newsOf(previous, facts)
    if (!news || (!previous && table.size >= guardRules.members)) return
    const known = previous?.record ?? null
    // whose record we lack cannot be checked; it comes along when we ask for the facts
    const { node, record, statement, notice } = news.record || known ? news : { ...news, statement: null }
    if (!record && !statement && !notice) return
    const key = `${node} ${record?.version} ${statement?.incarnation} ${notice?.version} ${origin.from}`
    if (checking.has(key) || checking.size >= guardRules.checks) return
    checking.add(key)
    const checked = { node, record, statement, notice }
    return whenSettled(
      holds(checked, known),
      (held) => {
        checking.delete(key)
        if (held) keep(checked, origin)
        else refuse(origin.from)
      },
      (error) => {
        checking.delete(key)
        report(error)
      },
    )
  }

  const isAdmitted = ({ record, notice }: Facts) => (record === null ? notice === null : trust.admits(record, notice))

  function put(facts: Facts): void {
    const previous = table.get(facts.node)
    const current = createMember(facts, previous?.state === 'removed' ? 'suspect' : verdictOf(previous), trust.admits)
    table.put(current)
    if (!isPresent(current)) settle(facts.node)
  }

  return {
    learn,
    /** Facts already known to hold: the record of this node, a removal made here. */
    assert(facts: Facts): void {
      const news = newsOf(table.get(facts.node), facts)
      if (!news) return
      put(mergeFacts(table.get(facts.node) ?? noFacts(facts.node), news))
      pass(news)
    },
    /** What `admits` says may have changed. Who is a member again is verified before it counts as online. */
    rejudge(): void {
      for (const node of table.nodes()) {
        const member = table.get(node)
        if (member && (member.state === 'removed') === isAdmitted(member)) put(member)
      }
    },
  }
}
