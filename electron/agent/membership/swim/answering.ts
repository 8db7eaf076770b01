/** The other side of a probe: answers pings, and pings for others who cannot get through themselves. */
import type { NodeId } from '../../components.ts'
import type { Clock } from '../../support/clock.ts'
import { createRateLimit } from '../../support/rate-limit.ts'
import type { SwimContext } from './context.ts'
import type { Gossip } from './gossip.ts'
import { whenSettled } from './maybe-promise.ts'
import type { Message } from './messages.ts'
import type { OwnLife } from './own-life.ts'
import { guardRules } from './rules.ts'

interface Errand {
  readonly asker: NodeId
  /** The asker's number for its probe. */
  readonly seq: number
  readonly target: NodeId
  cancel: () => void
}

interface Components extends Pick<SwimContext, 'self' | 'rules' | 'timers' | 'transport' | 'trust' | 'report' | 'table'> {
  clock: Clock
  gossip: Gossip
  ownLife: OwnLife
}

type Of<Type extends Message['type']> = Extract<Message, { type: Type }>

export type Answering = ReturnType<typeof createAnswering>

export function createAnswering({ self, rules, timers, transport, trust, report, table, clock, gossip, ownLife }: Components) {
  const proofs = createRateLimit(guardRules.proofs, clock)
  const errands = new Map<number, Errand>()
  let last = 0

  function end(number: number): Errand | undefined {
    const errand = errands.get(number)
    errand?.cancel()
    errands.delete(number)
    return errand
  }

  function giveUp(number: number): void {
    const errand = end(number)
    if (errand) transport.send(errand.asker, { type: 'unanswered', seq: errand.seq, target: errand.target, rumours: gossip.along() })
  }

  return {
    onPing(from: NodeId, { seq, accused, errand }: Of<'ping'>): void {
      if (accused !== undefined) ownLife.accused(accused, from)
      if (!errand) {
        transport.send(from, { type: 'ack', seq, rumours: gossip.along() })
        return
      }
      if (!proofs.take(self)) return
      void whenSettled(trust.prove(errand), (proof) => transport.send(from, { type: 'ack', seq, proof, rumours: gossip.along() }), report)
    },
    onAsk(from: NodeId, { seq, target, nonce, accused }: Of<'ask'>): void {
      if (errands.size >= guardRules.errands || target === from || target === self || !table.get(target)?.record) return
      const number = ++last
      const cancel = timers.after(rules.helperTimeout, () => giveUp(number))
      errands.set(number, { asker: from, seq, target, cancel })
      const notice = accused === undefined ? {} : { accused }
      transport.send(target, { type: 'ping', seq: number, errand: { asker: from, nonce }, ...notice, rumours: gossip.along() })
    },
    /** An ack with a proof is for one of those we help. */
    onProof(from: NodeId, number: number, proof: string): void {
      if (errands.get(number)?.target !== from) return
      const errand = end(number)
      if (errand) transport.send(errand.asker, { type: 'answered', seq: errand.seq, target: from, proof, rumours: gossip.along() })
    },
    onRefused(node: NodeId): void {
      for (const [number, { target }] of errands) if (target === node) giveUp(number)
    },
    abandon(): void {
      for (const number of [...errands.keys()]) end(number)
    },
  }
}
