/** Many cores on one simulated network, in virtual time. The same seed gives the same run, event by event. */
import type { Answer, Message, Request } from '../../electron/agent/membership/swim/messages.ts'
import { parseMessage, parseRequest } from '../../electron/agent/membership/swim/messages.ts'
import type { SwimTransport } from '../../electron/agent/membership/swim/ports.ts'
import { type SwimRules, swimRules } from '../../electron/agent/membership/swim/rules.ts'
import { type MemberChange, type TableBase, tableBase } from '../../electron/agent/membership/swim/state/member-table.ts'
import { createFakeRandom } from '../fakes/fake-random.ts'
import { createEventQueue } from './event-queue.ts'
import { type Conditions, createNetwork } from './network.ts'
import { boot, createSimNode, disk, knownMember, type SimNode } from './sim-node.ts'
import { createSignatures } from './signatures.ts'

/** What onlookers are told. */
export interface Watcher {
  changed?: (observer: SimNode, change: MemberChange) => void
  sent?: (from: SimNode, to: SimNode, message: Message | Request | Answer, size: number) => void
  received?: (from: SimNode, to: SimNode, message: Message) => void
}

export interface WorldOptions {
  nodes: number
  seed: number
  rules?: SwimRules
  conditions?: Partial<Conditions>
  /** Only the first node knows of the mesh; the others join through it. */
  cold?: boolean
  /** This part of the nodes and the rest have long been cut off from each other, and hold each other for gone. */
  apart?: number
  /** Checks every message against its schema, as the real transport does. */
  strict?: boolean
  watchers?: Watcher[]
}

export type World = ReturnType<typeof createWorld>

/** A household network with some Wi-Fi in it. */
const household: Conditions = { delay: 2, spread: 0.6, loss: 0, duplicate: 0 }
/** Peers that notice at once when a process dies, because a connection to it stands. */
const connections = 64
/** Newcomers of a cold start come within this time, ms. */
const joinSpread = 2_000

export function createWorld({
  nodes: count,
  seed,
  rules = swimRules,
  conditions,
  cold = false,
  apart,
  strict = false,
  watchers = [],
}: WorldOptions) {
  const queue = createEventQueue()
  const random = createFakeRandom(seed)
  const network = createNetwork({ ...household, ...conditions }, createFakeRandom(seed ^ 0x5bd1e995))
  const signatures = createSignatures()
  const nodes: SimNode[] = []
  const byId = new Map<string, SimNode>()
  let hash = 0x811c9dc5
  let events = 0
  /** A promise was settled: its followers run before the next event. */
  let unsettled = false

  const mix = (...values: number[]) => {
    for (const value of values) hash = Math.imul(hash ^ Math.floor(value), 0x01000193) >>> 0
  }
  const sizeOf = (message: unknown) => JSON.stringify(message).length
  const isUp = (node: SimNode) => node.condition === 'up' && node.core !== null

  function transport(from: SimNode): SwimTransport {
    return {
      send: (id, message) => send(from, id, message),
      exchange: (id, request, limit) => exchange(from, id, { request, limit }),
      connected: { has: () => true, size: Infinity },
    }
  }

  function send(from: SimNode, id: string, message: Message): void {
    const to = byId.get(id)
    if (!to || to === from) return
    const size = sizeOf(message)
    for (const { sent } of watchers) sent?.(from, to, message, size)
    for (const delay of network.arrivals(from.index, to.index)) queue.at(queue.time + delay, () => deliver(from, to, message))
  }

  function deliver(from: SimNode, to: SimNode, message: Message): void {
    if (to.condition === 'silent') return
    if (to.condition === 'killed') {
      const { life } = from
      for (const delay of network.arrivals(to.index, from.index))
        queue.at(queue.time + delay, () => void (from.life === life && isUp(from) && from.core?.connectionFailed(to.id, 'refused')))
      return
    }
    if (queue.time < to.pausedUntil) {
      if (!to.asleep) queue.at(to.pausedUntil, () => deliver(from, to, message))
      return
    }
    const parsed = strict || from.hostile ? parseMessage(JSON.parse(JSON.stringify(message))) : message
    if (!parsed && !from.hostile) throw new Error(`A core sent what its schema refuses: ${JSON.stringify(message)}`)
    events++
    mix(queue.time * 1000, from.index, to.index, message.type.length)
    if (!parsed) return
    for (const { received } of watchers) received?.(from, to, parsed)
    to.core?.receive(from.id, parsed)
  }

  async function exchange(from: SimNode, id: string, { request, limit }: { request: Request; limit: number }): Promise<Answer> {
    const to = byId.get(id)
    const { life } = from
    const sleep = (ms: number) =>
      new Promise<void>((resolve) => {
        queue.at(queue.time + ms, () => {
          unsettled = true
          // the rest of a procedure of an earlier life never runs
          if (from.life === life) resolve()
        })
      })
    const there = to && network.reliable(from.index, to.index)
    if (!to || there === null || there === undefined || there > limit || to.condition === 'silent' || to.asleep) {
      await sleep(limit)
      throw new Error('The peer cannot be reached.')
    }
    for (const { sent } of watchers) sent?.(from, to, request, sizeOf(request))
    await sleep(Math.max(there, to.pausedUntil - queue.time))
    if (!isUp(to)) throw new Error('The connection was refused.')
    events++
    mix(queue.time * 1000, from.index, to.index, request.type.length)
    const parsed = strict || from.hostile ? parseRequest(JSON.parse(JSON.stringify(request))) : request
    if (!parsed || !to.core) throw new Error('The peer refused the request.')
    const answer = await to.core.answer(from.id, parsed)
    const back = network.reliable(to.index, from.index)
    if (back === null || there + back > limit) {
      await sleep(limit)
      throw new Error('No answer came.')
    }
    for (const { sent } of watchers) sent?.(to, from, answer, sizeOf(answer))
    await sleep(back)
    return answer
  }

  const nodeWorld = {
    queue,
    signatures,
    rules,
    seed,
    transport,
    changed(node: SimNode, change: MemberChange) {
      mix(queue.time * 1000, node.index, change.current.state.length)
      for (const { changed } of watchers) changed?.(node, change)
    },
  }

  function add(): SimNode {
    const node = createSimNode(nodes.length, idOf(nodes.length))
    nodes.push(node)
    byId.set(node.id, node)
    return node
  }

  /** A newcomer that knows one member. */
  function join(node: SimNode, contact: SimNode): void {
    const known = tableBase([knownMember(contact, signatures), knownMember(node, signatures)])
    node.disturbed = queue.time
    node.touched = queue.time
    begin(boot(node, known, nodeWorld))
  }

  function begin(core: NonNullable<SimNode['core']>): void {
    unsettled = true
    void core.start()
  }

  function populate(): void {
    for (let index = 0; index < count; index++) add()
    const [first] = nodes
    if (!first) throw new Error('A mesh has at least one node.')
    if (cold) {
      begin(boot(first, tableBase([knownMember(first, signatures)]), nodeWorld))
      for (const node of nodes.slice(1)) queue.at(random.fraction() * joinSpread, () => join(node, first))
      return
    }
    const sides = nodes.map((_node, index) => (index < count * (apart ?? 1) ? 0 : 1))
    if (apart !== undefined) network.split(sides)
    const known = [0, 1].map((side) =>
      tableBase(nodes.map((node, index) => knownMember(node, signatures, sides[index] === side ? 'online' : 'offline'))),
    )
    for (const [index, node] of nodes.entries()) {
      const start = () => begin(boot(node, known[sides[index] ?? 0] as TableBase, nodeWorld))
      // those that look for lost members at once send while this world is still being made
      if (apart === undefined) start()
      else queue.at(0, start)
    }
  }
  populate()

  return {
    queue,
    random,
    network,
    signatures,
    nodes,
    isUp,
    join: (contact: SimNode) => join(add(), contact),
    /** Starts a node again with the disk it had. */
    restart: (node: SimNode) => begin(boot(node, disk(node, signatures), nodeWorld)),
    rejoin: (node: SimNode, contact: SimNode) => join(node, contact),
    die(node: SimNode, condition: 'killed' | 'silent'): void {
      node.condition = condition
      node.life++
      if (condition === 'silent') return
      const others = nodes.filter((other) => other !== node && isUp(other))
      for (let told = 0; told < connections && others.length > 0; told++) {
        const [other] = others.splice(Math.floor(random.fraction() * others.length), 1)
        if (!other) break
        for (const delay of network.arrivals(node.index, other.index))
          queue.at(queue.time + delay, () => void (isUp(other) && other.core?.connectionFailed(node.id, 'lost')))
      }
    },
    /** Something was done to a core that may have begun to settle promises. */
    touch: () => void (unsettled = true),
    byId: (id: string) => byId.get(id),
    transport,
    async run(until: number): Promise<void> {
      for (;;) {
        if (unsettled) {
          unsettled = false
          await new Promise(setImmediate)
        }
        if (!queue.step(until)) break
      }
      queue.pass(until)
    },
    get hash() {
      return hash.toString(16).padStart(8, '0')
    },
    get events() {
      return events
    },
  }
}

/** Text that looks like a node id. */
function idOf(index: number): string {
  const { bytes } = createFakeRandom(index + 1)
  const letters = [...bytes(28)].map((byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte % 32]).join('')
  return letters.replaceAll(/.{7}(?=.)/gu, '$&-')
}
