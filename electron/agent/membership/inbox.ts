/** What other nodes say to membership, sorted to the part it concerns. What members say over links goes to cores.ts. */
import type { Duplex } from 'node:stream'
import type { Identity, MembershipInbox, NodeCaller } from '../components.ts'
import { FcnError } from '../errors.ts'
import { protocolVersion } from '../protocol/messages.ts'
import type { Clock } from '../support/clock.ts'
import { createRateLimit } from '../support/rate-limit.ts'
import type { CloneAlarm } from './clone-alarm.ts'
import type { Joining } from './joining.ts'
import type { OwnMeshes } from './own-meshes.ts'
import type { Introductions } from './introductions.ts'
import type { NoticeExchange } from './notice-exchange.ts'

/** Introductions a node may make; each costs us some signature checks. */
const introductionRule = { burst: 64, perSecond: 2, maxKeys: 1_000 }

interface Components {
  identity: Identity
  meshes: OwnMeshes
  joining: Joining['inbox']
  notices: NoticeExchange
  introductions: Introductions
  /** Takes over a link that a member has made. */
  accept: (caller: NodeCaller, socket: Duplex) => void
  clones: CloneAlarm
  clock: Clock
  /** False from the moment this node stops: it must not look alive to those it has said goodbye to. */
  running: () => boolean
}

export function createInbox({
  identity,
  meshes,
  joining,
  notices,
  introductions,
  accept,
  clones,
  clock,
  running,
}: Components): MembershipInbox {
  const introductionLimit = createRateLimit(introductionRule, clock)

  const awake = (caller: NodeCaller) => {
    if (!running()) throw new FcnError('not_running', 'This node stops, or has not started yet.')
    if (caller.id === identity.id) clones.metOwnKey(undefined) // this node never calls itself
  }

  return {
    hello() {
      const self = meshes.description()
      if (!self) throw new FcnError('not_running', 'This node has not started yet.')
      return {
        id: identity.id,
        name: self.name,
        version: self.version,
        protocol: protocolVersion,
        instance: clones.note(identity.id).instance,
      }
    },
    async ask(caller, ask) {
      awake(caller)
      return joining.ask(caller, ask)
    },
    async reveal(caller, request, reveal) {
      awake(caller)
      return joining.reveal(caller, request, reveal)
    },
    async answer(caller, request, wait, signal) {
      awake(caller)
      return joining.answer(caller, request, wait, signal)
    },
    withdraw: (caller, request, options) => joining.withdraw(caller, request, options),
    async introduce(caller, introduction) {
      awake(caller)
      if (!introductionLimit.take(caller.id)) throw new FcnError('too_many', 'This node introduces itself too often.')
      return introductions.onIntroduce(caller, introduction)
    },
    async sync(caller, ask) {
      awake(caller)
      return notices.onSync(caller, ask)
    },
    link(caller, socket) {
      awake(caller)
      accept(caller, socket)
    },
    refusal: (caller) => notices.refusal(caller),
  }
}
