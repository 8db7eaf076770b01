import { type SwimContext } from '../../electron/agent/membership/swim/context.ts'
import { createGossip } from '../../electron/agent/membership/swim/gossip.ts'
import type { Answer, Message, Request } from '../../electron/agent/membership/swim/messages.ts'
import { createOwnLife } from '../../electron/agent/membership/swim/own-life.ts'
import { createPeerGuard } from '../../electron/agent/membership/swim/peer-guard.ts'
import { type SwimRules, swimRules } from '../../electron/agent/membership/swim/rules.ts'
import { createMember, type Verdict } from '../../electron/agent/membership/swim/state/member.ts'
import { createMemberTable, type MemberChange, tableBase } from '../../electron/agent/membership/swim/state/member-table.ts'
import { createSwim } from '../../electron/agent/membership/swim/swim.ts'
import { createTimers } from '../../electron/agent/membership/swim/timers.ts'
import { createSignatures } from '../mesh/signatures.ts'
import { createFakeClock } from './fake-clock.ts'
import { createFakeRandom } from './fake-random.ts'

type Of<Type extends Message['type']> = Extract<Message, { type: Type }>
type Exchange = (to: string, request: Request) => Answer | Promise<Answer>

interface Options {
  /** Members besides `self`. */
  members?: readonly string[]
  rules?: Partial<SwimRules>
  self?: string
  signatures?: ReturnType<typeof createSignatures>
}

/** The node whose core is under test. */
export const self = 'SELF'
export const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `NODE-${index}`)

/** The ports of a core: virtual time, a seeded random source, signatures that cost nothing, and a transport that keeps what is sent. */
export function createSwimPorts({ members = names(4), rules, self: own = self, signatures = createSignatures() }: Options = {}) {
  const clock = createFakeClock()
  const sent: { to: string; message: Message }[] = []
  const asked: { to: string; request: Request }[] = []
  const reports: unknown[] = []
  let exchange: Exchange = () => ({ type: 'same' })

  function member(node: string, { incarnation = 1, version = 2, verdict = 'online' as Verdict, gone = false } = {}) {
    const record = signatures.record({ node, version, left: false }, 0)
    const statement = signatures.statement({ node, incarnation, gone })
    return createMember({ node, record, statement, notice: null }, verdict, signatures.trustOf(node).admits)
  }

  return {
    clock,
    signatures,
    random: createFakeRandom(7),
    trust: signatures.trustOf(own),
    rules: { ...swimRules, ...rules },
    transport: {
      send: (to: string, message: Message) => void sent.push({ to, message }),
      exchange: async (to: string, request: Request) => {
        asked.push({ to, request })
        return exchange(to, request)
      },
    },
    report: (error: unknown) => void reports.push(error),
    known: tableBase([own, ...members].map((node) => member(node))),
    member,
    sent,
    asked,
    reports,
    /** Messages of one type, in order. */
    messages: <Type extends Message['type']>(type: Type) =>
      sent.flatMap(({ to, message }) => (message.type === type ? [{ to, ...(message as Of<Type>) }] : [])),
    /** What the peers answer from now on; at first their tables are the same as ours. */
    whenAsked: (next: Exchange) => void (exchange = next),
  }
}

/** What the parts of one core share, and the parts that nearly all others need. */
export function createSwimParts(options: Options = {}) {
  const ports = createSwimPorts(options)
  const { clock, rules, random, transport, trust, report, known } = ports
  const changes: MemberChange[] = []
  const table = createMemberTable(known, (change) => void changes.push(change))
  const timers = createTimers({ clock, rules, late: () => undefined })
  const context: SwimContext = { self: options.self ?? self, rules, timers, random, table, transport, trust, report }
  const gossip = createGossip(context)
  const ownLife = createOwnLife({ ...context, clock, gossip }, { incarnation: 1 })
  return { ...ports, ...context, clock, changes, gossip, ownLife, guard: createPeerGuard(clock) }
}

/** A whole core that runs. */
export async function startSwim(options: Options = {}) {
  const ports = createSwimPorts(options)
  const core = createSwim(ports, { self, incarnation: 1, known: ports.known, rules: ports.rules })
  await core.start()
  return { ...ports, core, state: (node: string) => core.members.get(node)?.state }
}
