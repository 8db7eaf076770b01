/**
 * The membership core of one mesh on one node: SWIM with Lifeguard over any transport. It decides who is there, carries
 * signed facts without looking into them, and touches no clock, random source, network or key but those it is given, so
 * the agent and the simulator run the same code. README.md beside this file explains the protocol.
 */
import type { NodeId, Startable } from '../../components.ts'
import type { Clock } from '../../support/clock.ts'
import type { Random } from '../../support/random.ts'
import { createEmitter, type Signal } from '../../support/signal.ts'
import { createAnswering } from './answering.ts'
import type { SwimContext } from './context.ts'
import { createDoubts } from './doubts.ts'
import { createGossip } from './gossip.ts'
import { createInbox } from './inbox.ts'
import { createLearning } from './learning.ts'
import type { Answer, Message, Request } from './messages.ts'
import { createOwnLife } from './own-life.ts'
import { createPeerGuard } from './peer-guard.ts'
import type { MaybePromise, RemovalNotice, SignedRecord, SwimTransport, SwimTrust } from './ports.ts'
import { createProbing } from './probing.ts'
import { createRounds } from './rounds.ts'
import { type SwimRules, swimRules } from './rules.ts'
import { createLocalHealth } from './state/local-health.ts'
import { isPresent, noFacts } from './state/member.ts'
import { createMemberTable, type MemberChange, type MemberTable, type TableBase } from './state/member-table.ts'
import { choosePartners } from './state/partners.ts'
import { createSync } from './sync.ts'
import { createSyncing } from './syncing.ts'
import { createTimers } from './timers.ts'
import { createWaking } from './waking.ts'

/** Members told directly when this node stops; in a small mesh that is everybody. */
const toldGoodbye = 16

export interface SwimComponents {
  clock: Clock
  random: Random
  transport: SwimTransport
  trust: SwimTrust
  /** Takes failures worth a line in the log: peers that cannot be reached for a sync, ports that broke their promise. */
  report: (error: unknown) => void
}

export interface SwimOptions {
  self: NodeId
  /** Greater than any this node used before, as far as it knows. */
  incarnation: number
  /** What is known at the start, this node's own record included. Those from an earlier run should be `suspect`. */
  known: TableBase
  rules?: SwimRules
}

export interface Swim extends Startable {
  /** Every change of the table, in order. */
  readonly changed: Signal<MemberChange>
  /** Others hold a record of this node with this version, newer than its own: make one with a greater version. */
  readonly outdated: Signal<number>
  /** A peer passed on something that does not hold; an honest one checks before it does. */
  readonly forged: Signal<NodeId>
  readonly members: Pick<MemberTable, 'get' | 'each' | 'size' | 'present'>
  /** A message of an authenticated peer, already parsed. */
  receive(from: NodeId, message: Message): void
  /** A question of an authenticated peer, already parsed. A stranger may only show its own record. */
  answer(from: NodeId, request: Request): MaybePromise<Answer>
  /** The transport could not connect (`refused`), or a connection that stood has broken (`lost`). */
  connectionFailed(node: NodeId, how: 'refused' | 'lost'): void
  /** A new record that is known to hold, mostly of this node; told to everybody. */
  setRecord(record: SignedRecord): void
  /** A removal signed here; told to everybody, and for ever. */
  remove(notice: RemovalNotice): void
  /** Asks `trust.admits` anew about everybody: something else is known of who is a member. */
  rejudge(): void
  /** Full sync with one member, as after joining through it. */
  syncWith(node: NodeId): Promise<void>
  /** The machine woke up or its network changed: verifies everybody at once. */
  wake(): void
  /** Without a network nothing runs and nobody is certain; with it again everybody is verified. */
  setNetwork(up: boolean): void
  /** For metrics and for the bounds that tests hold. */
  load(): { rumours: number; doubts: number; health: number }
}

export function createSwim({ clock, random, transport, trust, report }: SwimComponents, options: SwimOptions): Swim {
  const { self, incarnation, known, rules = swimRules } = options
  const changed = createEmitter<MemberChange>()
  const outdated = createEmitter<number>()
  const forged = createEmitter<NodeId>()
  const health = createLocalHealth(rules.healthMax)
  const guard = createPeerGuard(clock)
  let running = false
  let beating = false
  let stopping = false

  const table = createMemberTable(known, (change) => {
    rounds.changed(change)
    if (running) {
      beat()
      gossip.wake()
    }
    changed.emit(change)
  })
  const timers = createTimers({ clock, rules, late })
  const sending: SwimTransport = {
    send: (node, message) => void (running && transport.send(node, message)),
    exchange: (node, request, limit) => transport.exchange(node, request, limit),
    connected: transport.connected,
  }
  const context: SwimContext = { self, rules, timers, random, table, transport: sending, trust, report }

  const gossip = createGossip(context)
  const ownLife = createOwnLife({ ...context, clock, gossip }, { incarnation })
  // what was asked before the member spoke up proves nothing any more
  const settled = (node: NodeId) => {
    doubts.drop(node)
    probing.drop(node)
  }
  const learning = createLearning({ ...context, gossip, ownLife, guard, settled, forged: forged.emit, outdated: outdated.emit })
  const answering = createAnswering({ ...context, clock, gossip, ownLife })
  const probing = createProbing({
    ...context,
    gossip,
    health,
    heardAt: (node) => inbox.heardAt(node),
    doubted: (node) => doubts.about(node),
    ended(node, { here, refused, began }) {
      if (here) answered(node)
      else {
        const wasPresent = isPresent(table.get(node))
        doubts.failed(node, { refused, began })
        if (wasPresent && !refused) rounds.failed(began)
      }
    },
  })
  const doubts = createDoubts({
    ...context,
    gossip,
    check: (node) => probing.probe(node),
    heardSince: (time, except) => inbox.heardSince(time, except),
  })
  const rounds = createRounds({ ...context, probing, health, heardAt: (node) => inbox.heardAt(node) })
  const believedOffline = (members: Iterable<readonly [NodeId, number]>) => inbox.believedOffline(members)
  const sync = createSync({ ...context, transport: sending, learning, believedOffline })
  const syncing = createSyncing({ ...context, sync, learning, believedOffline, done: (_node, outcome) => waking.synced(outcome) })
  const { isLost } = rounds
  const waking = createWaking({ ...context, doubts, gossip, ownLife, probing, isLost, syncWith: syncing.withPeer })
  const inbox = createInbox({ ...context, clock, guard, gossip, ownLife, learning, doubts, probing, answering, syncing, sync })

  function answered(node: NodeId): void {
    const wasLost = !isPresent(table.get(node))
    doubts.answered(node)
    waking.answered(node)
    // who comes back has missed things, and so may we: the other half of a partition
    if (wasLost) void syncing.withPeer(node)
  }

  /** Silence while we were not running is our own. */
  function late(lost: number): void {
    health.worse(1)
    if (lost > rules.sleptAfter) wake()
    else {
      probing.abandon()
      doubts.restart()
    }
  }

  function wake(): void {
    waking.doubtEverybody()
    waking.announce()
    waking.verify()
  }

  function run(): void {
    running = true
    gossip.start()
    ownLife.start()
    beat()
  }

  /** Who knows nobody else has nothing to do. */
  function beat(): void {
    if (beating || table.size < 2) return
    beating = true
    rounds.start()
    syncing.start()
  }

  function halt(): void {
    running = false
    beating = false
    rounds.stop()
    probing.abandon()
    answering.abandon()
    doubts.dropAll()
    timers.stop()
  }

  return {
    changed,
    outdated,
    forged,
    members: table,
    receive: (from, message) => void (running && inbox.receive(from, message)),
    answer(from, request) {
      if (!running || !guard.allowsRequest(from)) return { type: 'stranger' }
      inbox.heard(from)
      return syncing.answer(from, request)
    },
    connectionFailed(node, how) {
      if (!running) return
      answering.onRefused(node)
      if (how === 'lost' && isPresent(table.get(node))) probing.probe(node)
      if (how === 'refused') probing.onRefused(node)
    },
    setRecord: (record) => learning.assert({ ...noFacts(record.node), record }),
    remove: (notice) => learning.assert({ ...noFacts(notice.node), notice }),
    rejudge: learning.rejudge,
    syncWith: syncing.withPeer,
    wake: () => void (running && wake()),
    setNetwork(up) {
      if (up === running || stopping) return
      if (up) {
        run()
        wake()
      } else {
        halt()
        waking.doubtEverybody()
      }
    },
    load: () => ({ rumours: gossip.waiting(), doubts: doubts.count(), health: health.factor - 1 }),
    async start() {
      if (running || stopping) return
      run()
      if ((ownLife.statement()?.incarnation ?? -1) < incarnation) ownLife.announce()
      waking.verify()
    },
    async stop() {
      if (stopping) return
      stopping = true
      if (running) {
        const statement = await ownLife.farewell()
        const suits = ({ node }: { node: NodeId }) => node !== self && isPresent(table.get(node))
        for (const { node } of choosePartners(table, { count: toldGoodbye, random, suits }))
          gossip.tell(node, [{ kind: 'statement', statement }])
      }
      halt()
    },
  }
}
