/**
 * Asks members whether they are there (SWIM, DSN 2002, section 3.1): directly, then through helpers, and draws no
 * conclusion itself. One probe per member at a time.
 */
import type { NodeId } from '../../components.ts'
import type { SwimContext } from './context.ts'
import type { Gossip } from './gossip.ts'
import { whenSettled } from './maybe-promise.ts'
import type { LocalHealth } from './state/local-health.ts'
import { incarnationOf, type Member } from './state/member.ts'
import { nearBy } from './state/near.ts'
import { choosePartners } from './state/partners.ts'

/** `here` when it answered; `refused` when it did not because connections were refused. */
interface Outcome {
  here: boolean
  refused: boolean
  /** Monotonic time at which the probe began. */
  began: number
}

interface Probe {
  readonly node: NodeId
  readonly seq: number
  /** For the answers that helpers bring; drawn when some are asked. */
  nonce: string
  readonly began: number
  /** A try to reach somebody believed gone: no helpers, and no news when it fails. */
  readonly faint: boolean
  /** The incarnation in which others doubt it, to be passed on. */
  readonly accused: number | undefined
  /** Places in the plan that were carried out. */
  pings: number
  rounds: number
  readonly helpers: Set<NodeId>
  /** Helpers that got no answer either. */
  readonly unanswered: Set<NodeId>
  refusals: number
  cancel: () => void
}

interface Components extends Pick<SwimContext, 'self' | 'rules' | 'timers' | 'random' | 'table' | 'transport' | 'trust' | 'report'> {
  gossip: Gossip
  health: LocalHealth
  /** Monotonic time at which a member was last heard itself. */
  heardAt: (node: NodeId) => number
  /** Whether the member is to be told that we doubt it. */
  doubted: (node: NodeId) => boolean
  ended: (node: NodeId, outcome: Outcome) => void
}

export type Probing = ReturnType<typeof createProbing>

export function createProbing(components: Components) {
  const { self, rules, timers, random, table, transport, trust, report, gossip, health, heardAt, doubted, ended } = components
  const probes = new Map<NodeId, Probe>()
  let seq = 0

  /** What to tell it about our doubts. */
  function notice({ node, accused }: Probe): { accused?: number } {
    const member = table.get(node)
    const tell = rules.buddyNotice && member !== undefined && (member.state === 'offline' || doubted(node))
    if (tell) return { accused: incarnationOf(member) }
    return accused === undefined ? {} : { accused }
  }

  function ping(probe: Probe): void {
    transport.send(probe.node, { type: 'ping', seq: probe.seq, ...notice(probe), rumours: gossip.along() })
  }

  function askHelpers(probe: Probe): void {
    const { node, seq, helpers } = probe
    if (probe.nonce === '') probe.nonce = Buffer.from(random.bytes(9)).toString('base64url')
    const { nonce } = probe
    // one that has to be connected to first is no quick help
    const isNear = nearBy(transport)
    const isFree = (helper: NodeId) => helper !== node && helper !== self && !helpers.has(helper) && !doubted(helper) && isNear(helper)
    const suits = (member: Member) => member.state === 'online' && isFree(member.node)
    for (const helper of choosePartners(table, { count: rules.helpers, random, suits })) {
      helpers.add(helper.node)
      transport.send(helper.node, { type: 'ask', seq, target: node, nonce, ...notice(probe), rumours: gossip.along() })
    }
  }

  /** When the next ping is due, ms after the begin; a faint probe has one only. */
  const nextPing = ({ faint, pings }: Probe) => (faint && pings > 0 ? undefined : rules.pingsAt[pings]) ?? Infinity
  const nextHelpers = ({ faint, rounds }: Probe) => (faint ? undefined : rules.helpersAt[rounds]) ?? Infinity

  /** Does what is due and waits for the next step of the plan. */
  function proceed(probe: Probe): void {
    const factor = health.factor
    const elapsed = (timers.monotonic() - probe.began) / factor + 0.5
    while (nextPing(probe) <= elapsed) {
      probe.pings++
      ping(probe)
    }
    while (nextHelpers(probe) <= elapsed) {
      probe.rounds++
      askHelpers(probe)
    }
    if (elapsed >= rules.probeTimeout) {
      end(probe)
      return
    }
    const next = Math.min(nextPing(probe), nextHelpers(probe), rules.probeTimeout)
    probe.cancel = timers.after(probe.began + next * factor - timers.monotonic(), () => proceed(probe))
  }

  /**
   * Silence is its fault only as far as others were heard who were asked to help. Of these some are missing whenever
   * messages are lost; that most are speaks against ourselves.
   */
  function missing({ helpers, unanswered }: Probe): number {
    return helpers.size > 0 ? Math.max(0, helpers.size - 2 * unanswered.size) : 1
  }

  function end(probe: Probe): void {
    finish(probe)
    const here = heardAt(probe.node) > probe.began
    const refused = probe.refusals > 0
    if (!here && !probe.faint && !refused) health.worse(missing(probe))
    ended(probe.node, { here, refused, began: probe.began })
  }

  function finish(probe: Probe): void {
    probe.cancel()
    probes.delete(probe.node)
  }

  function succeed(probe: Probe): void {
    finish(probe)
    health.better()
    ended(probe.node, { here: true, refused: false, began: probe.began })
  }

  /** Refused by everybody who tried, ourselves twice included: there is nothing to wait for. */
  function endEarly(probe: Probe): void {
    const tried = probe.rounds > 0 || probe.faint
    if (probe.refusals >= (probe.faint ? 1 : 2) && tried && probe.unanswered.size >= probe.helpers.size) end(probe)
  }

  const bySeq = (number: number, node: NodeId) => {
    const probe = probes.get(node)
    return probe?.seq === number ? probe : undefined
  }

  return {
    /** Begins a probe unless one is under way. */
    probe(node: NodeId, { faint = false, accused }: { faint?: boolean; accused?: number } = {}): void {
      if (probes.has(node) || node === self) return
      const began = timers.monotonic()
      const counts = { pings: 0, rounds: 0, refusals: 0 }
      const probe: Probe = {
        node,
        seq: ++seq,
        nonce: '',
        began,
        faint,
        accused,
        ...counts,
        helpers: new Set(),
        unanswered: new Set(),
        cancel: () => undefined,
      }
      probes.set(node, probe)
      proceed(probe)
    },
    onAck(from: NodeId, number: number): void {
      const probe = bySeq(number, from)
      if (probe) succeed(probe)
    },
    /** A helper says that the target answered; believed when the target's proof holds. */
    onAnswered(target: NodeId, number: number, token: string): void {
      const probe = bySeq(number, target)
      const record = table.get(target)?.record
      if (!probe || !record) return
      const proof = { node: target, asker: self, nonce: probe.nonce, token }
      void whenSettled(trust.checkProof(proof, record), (held) => void (held && probes.get(target) === probe && succeed(probe)), report)
    },
    onUnanswered(from: NodeId, target: NodeId, number: number): void {
      const probe = bySeq(number, target)
      if (!probe?.helpers.has(from)) return
      probe.unanswered.add(from)
      endEarly(probe)
    },
    /** The connection to it was refused: no use waiting for an answer, so helpers are asked at once. */
    onRefused(node: NodeId): void {
      const probe = probes.get(node)
      if (!probe) return
      probe.refusals++
      if (probe.refusals === 1 && !probe.faint) {
        probe.rounds = 1
        askHelpers(probe)
        probe.cancel()
        probe.cancel = timers.after(rules.freshDelay, () => {
          ping(probe)
          probe.cancel()
          probe.cancel = timers.after(rules.helperTimeout * 2, () => end(probe))
        })
      }
      endEarly(probe)
    },
    active: (node: NodeId) => probes.has(node),
    /** Ends the probe of a member, if there is one, without an outcome. */
    drop(node: NodeId): void {
      const probe = probes.get(node)
      if (probe) finish(probe)
    },
    /** Ends all probes without an outcome. */
    abandon(): void {
      for (const probe of [...probes.values()]) finish(probe)
    },
  }
}
