/** What arrives: who was heard when, and which part deals with what. */
import type { NodeId } from '../../components.ts'
import type { Clock } from '../../support/clock.ts'
import { createRateLimit } from '../../support/rate-limit.ts'
import type { Answering } from './answering.ts'
import type { SwimContext } from './context.ts'
import type { Doubts } from './doubts.ts'
import type { Gossip } from './gossip.ts'
import type { Learning } from './learning.ts'
import type { Message, Rumour } from './messages.ts'
import type { OwnLife } from './own-life.ts'
import type { PeerGuard } from './peer-guard.ts'
import type { Probing } from './probing.ts'
import { guardRules } from './rules.ts'
import { belongs, incarnationOf, isPresent, noFacts } from './state/member.ts'
import type { Sync } from './sync.ts'
import type { Syncing } from './syncing.ts'

interface Components extends Pick<SwimContext, 'self' | 'rules' | 'timers' | 'random' | 'table' | 'transport' | 'report'> {
  clock: Clock
  guard: PeerGuard
  gossip: Gossip
  ownLife: OwnLife
  learning: Learning
  doubts: Doubts
  probing: Probing
  answering: Answering
  syncing: Syncing
  sync: Sync
}

export function createInbox(components: Components) {
  const {
    self,
    rules,
    timers,
    random,
    table,
    transport,
    report,
    clock,
    guard,
    ownLife,
    learning,
    doubts,
    probing,
    answering,
    syncing,
    sync,
  } = components
  const returns = createRateLimit(guardRules.returns, clock)
  /** Monotonic times. */
  const heardTimes = new Map<NodeId, number>()
  /** The two heard last, so that "anybody but this one" is answered at once. */
  let last: { node: NodeId; at: number } = { node: self, at: -Infinity }
  let before = last

  const heardAt = (node: NodeId) => heardTimes.get(node) ?? -Infinity

  function heard(from: NodeId): void {
    const at = timers.monotonic()
    const member = table.get(from)
    if (!belongs(member)) return
    heardTimes.set(from, at)
    if (last.node !== from) before = last
    last = { node: from, at }
    // it called, which proves one direction; an answer to a probe proves both
    if (member.state !== 'online' && !probing.active(from) && returns.take(from)) probing.probe(from, { faint: !isPresent(member) })
  }

  /** One rumour; the answer is a member whose facts we lack. */
  function rumour(rumour: Rumour, from: NodeId): NodeId | null {
    switch (rumour.kind) {
      case 'statement': {
        const { statement } = rumour
        const { node } = statement
        if (!table.get(node)?.record) return node
        void learning.learn({ ...noFacts(node), statement }, { from, spread: true })
        return null
      }
      case 'accusation':
        if (rumour.node === self) ownLife.accused(rumour.incarnation)
        else doubts.heard(rumour.node, rumour)
        return null
      case 'have': {
        const held = table.get(rumour.node)
        const lacks = rumour.version > (held?.record?.version ?? 0) || (rumour.notice ?? 0) > (held?.notice?.version ?? 0)
        return lacks ? rumour.node : null
      }
    }
  }

  function rumours(list: readonly Rumour[] | undefined, from: NodeId): void {
    if (!list) return
    const lacking = new Set<NodeId>()
    for (const one of list) {
      const node = rumour(one, from)
      if (node !== null) lacking.add(node)
    }
    if (lacking.size > 0) void syncing.fetch([...lacking], from)
  }

  function onStranger(from: NodeId): void {
    if (belongs(table.get(from))) sync.introduce(from).catch(report)
  }

  function dispatch(from: NodeId, message: Message): void {
    switch (message.type) {
      case 'ping':
        answering.onPing(from, message)
        break
      case 'ack':
        if (message.proof === undefined) probing.onAck(from, message.seq)
        else answering.onProof(from, message.seq, message.proof)
        break
      case 'ask':
        answering.onAsk(from, message)
        break
      case 'answered':
        probing.onAnswered(message.target, message.seq, message.proof)
        break
      case 'unanswered':
        probing.onUnanswered(from, message.target, message.seq)
        break
      case 'stranger':
        probing.onAck(from, message.seq)
        onStranger(from)
        break
      case 'gossip':
        break
    }
  }

  return {
    heard,
    heardAt,
    heardSince: (time: number, except: NodeId) => (last.node === except ? before : last).at >= time,
    receive(from: NodeId, message: Message): void {
      if (!guard.allowsMessage(from)) return
      if (!belongs(table.get(from))) {
        if (message.type === 'ping' && table.get(from)?.state !== 'removed') transport.send(from, { type: 'stranger', seq: message.seq })
        return
      }
      // rumours first: what is said about a member comes before the answer to its message
      if (message.type !== 'stranger') rumours(message.rumours, from)
      dispatch(from, message)
      heard(from)
    },
    /** A peer believes these offline. Those that we see are told, so that they can prove it wrong. */
    believedOffline(members: Iterable<readonly [NodeId, number]>): void {
      const wrong = [...members].filter(([node, incarnation]) => {
        const member = table.get(node)
        return member?.state === 'online' && incarnationOf(member) === incarnation
      })
      for (const [, incarnation] of wrong.filter(([node]) => node === self)) ownLife.accused(incarnation)
      const others = wrong.filter(([node]) => node !== self)
      for (let told = 0; told < rules.noticesPerSync && others.length > 0; told++) {
        const [[node, accused] = [self, 0]] = others.splice(Math.floor(random.fraction() * others.length), 1)
        probing.probe(node, { accused })
      }
    },
  }
}
