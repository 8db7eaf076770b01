/** What other nodes say to membership, sorted to the part it concerns. Each word of a member is also a sign of life. */
import type { Identity, MembershipInbox } from '../components.ts'
import { FcnError } from '../errors.ts'
import { protocolVersion } from '../protocol/messages.ts'
import type { Clock } from '../support/clock.ts'
import { createRateLimit } from '../support/rate-limit.ts'
import type { Admitting } from './admitting.ts'
import type { OwnMeshes } from './own-meshes.ts'
import type { Prober } from './prober.ts'
import type { RecordExchange } from './record-exchange.ts'

/** Introductions a node may make; each costs us some signature checks. */
const introductions = { burst: 64, perSecond: 2, maxKeys: 1_000 }

interface Components {
  identity: Identity
  meshes: OwnMeshes
  admitting: Admitting
  exchange: RecordExchange
  prober: Prober
  clock: Clock
  /** False from the moment this node stops: it must not look alive to those it has said goodbye to. */
  running: () => boolean
}

export function createInbox({ identity, meshes, admitting, exchange, prober, clock, running }: Components): MembershipInbox {
  const introductionLimit = createRateLimit(introductions, clock)

  const awake = () => {
    if (!running()) throw new FcnError('not_running', 'This node stops, or has not started yet.')
  }

  return {
    hello() {
      const self = meshes.description()
      if (!self) throw new FcnError('not_running', 'This node has not started yet.')
      return { id: identity.id, name: self.name, version: self.version, protocol: protocolVersion }
    },
    async ask(caller, ask) {
      awake()
      return admitting.ask(caller, ask)
    },
    async answer(caller, request, wait, signal) {
      awake()
      return admitting.answer(caller, request, wait, signal)
    },
    withdraw: (caller, request) => admitting.withdraw(caller, request),
    async introduce(caller, introduction) {
      awake()
      if (!introductionLimit.take(caller.id)) throw new FcnError('too_many', 'This node introduces itself too often.')
      const answer = await exchange.onIntroduce(caller, introduction)
      prober.called(caller.id)
      return answer
    },
    ping(caller, ping) {
      awake()
      prober.called(caller.id)
      return exchange.onPing(caller, ping)
    },
    async sync(caller, ask) {
      awake()
      prober.called(caller.id)
      return exchange.onSync(caller, ask)
    },
    refusal: (caller) => exchange.refusal(caller),
    goodbye: (caller) => prober.goodbye(caller.id),
  }
}
