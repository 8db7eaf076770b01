/**
 * From silence to a verdict. A member that could not be reached, or is accused by others, gets time to refute; what
 * others say starts the clock, but only a probe of our own that failed makes a member `suspect`, and only both make it
 * `offline`. So a liar can make us look, and nothing more.
 */
import type { NodeId } from '../../components.ts'
import type { SwimContext } from './context.ts'
import type { Gossip } from './gossip.ts'
import { conclude } from './context.ts'
import { guardRules } from './rules.ts'
import { incarnationOf, isPresent } from './state/member.ts'
import { confirmationsWanted, suspicionTimeout } from './state/suspicion-timeout.ts'

interface Doubt {
  readonly incarnation: number
  began: number
  readonly accusers: Set<NodeId>
  /** A probe of our own failed since. */
  seen: boolean
  /** It failed because connections were refused. */
  refused: boolean
  cancel: () => void
  cancelCheck: () => void
}

/** When a member that others accuse is probed: within this part of the least time to refute. */
const checkWithin = { from: 0.05, to: 0.4 }

interface Components extends Pick<SwimContext, 'self' | 'rules' | 'timers' | 'random' | 'table' | 'trust'> {
  gossip: Gossip
  /** Probes a member; the outcome comes back as `failed` or `cleared`. */
  check: (node: NodeId) => void
  /** Whether anybody else was heard since this monotonic time: who hears nobody is deaf, and accuses nobody. */
  heardSince: (time: number, except: NodeId) => boolean
}

export type Doubts = ReturnType<typeof createDoubts>

export function createDoubts({ self, rules, timers, random, table, trust, gossip, check, heardSince }: Components) {
  const doubts = new Map<NodeId, Doubt>()

  function open(node: NodeId): Doubt {
    const held = doubts.get(node)
    if (held) return held
    const doubt: Doubt = {
      incarnation: incarnationOf(table.get(node)),
      began: timers.monotonic(),
      accusers: new Set(),
      seen: false,
      refused: false,
      cancel: () => undefined,
      cancelCheck: () => undefined,
    }
    doubts.set(node, doubt)
    return doubt
  }

  function drop(node: NodeId): void {
    const doubt = doubts.get(node)
    if (!doubt) return
    doubt.cancel()
    doubt.cancelCheck()
    doubts.delete(node)
  }

  const timeout = ({ accusers, refused }: Doubt) => suspicionTimeout({ present: table.present, accusers: accusers.size, refused }, rules)

  function arm(node: NodeId, doubt: Doubt): void {
    doubt.cancel()
    doubt.cancel = timers.after(doubt.began + timeout(doubt) - timers.monotonic(), () => expire(node, doubt))
  }

  function expire(node: NodeId, doubt: Doubt): void {
    if (rules.ownEvidence && !doubt.seen) {
      check(node)
      return
    }
    const member = table.get(node)
    drop(node)
    if (!isPresent(member)) return
    conclude({ table, trust }, member, 'offline')
    if (rules.believeVerdicts) accuse(node, doubt, true)
  }

  function accuse(node: NodeId, { incarnation, accusers }: Doubt, verdict: boolean): void {
    const by = [...accusers].slice(0, guardRules.accusers)
    if (by.length === 0) by.push(self)
    gossip.spread({ kind: 'accusation', node, incarnation, by, ...(verdict ? { verdict } : {}) }, rules.accusationLife)
  }

  function checkSoon(node: NodeId, doubt: Doubt): void {
    const least = suspicionTimeout({ present: table.present, accusers: Infinity, refused: false }, rules)
    const part = checkWithin.from + (checkWithin.to - checkWithin.from) * random.fraction()
    doubt.cancelCheck = timers.after(part * least, () => check(node))
  }

  return {
    /** A probe of ours, begun at `began`, got no answer. */
    failed(node: NodeId, { refused, began }: { refused: boolean; began: number }): void {
      const member = table.get(node)
      if (!isPresent(member) || node === self) return
      const doubt = open(node)
      const isNews = !doubt.accusers.has(self) && doubt.accusers.size <= confirmationsWanted(table.present, rules)
      doubt.seen = true
      doubt.refused = refused
      if (isNews) doubt.accusers.add(self)
      doubt.cancelCheck()
      conclude({ table, trust }, member, 'suspect')
      if (isNews && heardSince(began, node)) accuse(node, doubt, false)
      arm(node, doubt)
    },
    /** `by` accuse a member, in an incarnation that must be the one we know. */
    heard(node: NodeId, { incarnation, by, verdict = false }: { incarnation: number; by: readonly NodeId[]; verdict?: boolean }): void {
      const member = table.get(node)
      if (!isPresent(member) || incarnation !== incarnationOf(member)) return
      const isNew = !doubts.has(node)
      const doubt = open(node)
      const before = doubt.accusers.size
      for (const accuser of by) if (doubt.accusers.size <= confirmationsWanted(table.present, rules)) doubt.accusers.add(accuser)
      if (verdict && rules.believeVerdicts) {
        drop(node)
        conclude({ table, trust }, member, 'offline')
        accuse(node, doubt, true)
        return
      }
      if (doubt.accusers.size === before) return
      if (isNew && rules.ownEvidence) checkSoon(node, doubt)
      if (!rules.ownEvidence) conclude({ table, trust }, member, 'suspect')
      accuse(node, doubt, false)
      arm(node, doubt)
    },
    /** It answered us, whatever others say. */
    answered(node: NodeId): void {
      const member = table.get(node)
      if (rules.ownEvidence) {
        drop(node)
        gossip.forgetAccusation(node)
      }
      if (member && !doubts.has(node)) conclude({ table, trust }, member, 'online')
    },
    drop,
    dropAll: () => [...doubts.keys()].forEach(drop),
    /** We were not running for a while: everybody gets the whole time again. */
    restart(): void {
      for (const [node, doubt] of doubts) {
        doubt.began = timers.monotonic()
        doubt.seen = false
        doubt.cancelCheck()
        checkSoon(node, doubt)
        arm(node, doubt)
      }
    },
    about: (node: NodeId) => doubts.has(node),
    count: () => doubts.size,
  }
}
