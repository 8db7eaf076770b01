import { type Duplex, duplexPair, Readable } from 'node:stream'
import type { AddressProbe, Identity, Membership, MembershipInbox, NodeCaller, NodeId, Transport } from '../../electron/agent/components.ts'
import { FcnError, toFcnError } from '../../electron/agent/errors.ts'
import * as messages from '../../electron/agent/protocol/messages.ts'
import { createEmitter } from '../../electron/agent/support/signal.ts'

type Condition = 'up' | 'dead' | 'silent' | 'deaf'

interface Station {
  identity: Identity
  url: string
  condition: Condition
  membership: (Membership & { readonly inbox: MembershipInbox }) | null
  readonly wires: Set<Wire>
}

/** A connection through the network. */
interface Wire {
  /** Carries what has waited while one side was silent. */
  flush(): void
  cut(): void
}

/** Carries messages of memberships to each other within one process, over addresses that can be taken away. */
export interface MemoryNetwork {
  /** `key` names the machine where two have one identity. */
  attach(identity: Identity, url: string, key?: string): { transport: Transport; addressProbe: AddressProbe }
  run(key: string, membership: Membership & { readonly inbox: MembershipInbox }): void
  /** `dead`: the machine is there, the program is not · `silent`: nothing comes back, ever · `deaf`: it calls, but refuses calls. */
  set(key: string, condition: Condition): void
  /** The machine takes over an address. */
  move(key: string, url: string): void
  /** Whether a message is being answered, apart from answers held back on purpose. */
  busy(): boolean
  /** Messages carried so far. */
  readonly carried: { from: NodeId; to: NodeId; path: string }[]
}

export function createMemoryNetwork(): MemoryNetwork {
  const stations = new Map<string, Station>()
  const carried: MemoryNetwork['carried'] = []
  let answering = 0
  const byUrl = (url: string) => [...stations.values()].find((station) => station.url === url)

  async function carry(from: Station, to: Station | undefined, request: Parameters<Transport['request']>[1]) {
    if (from.condition === 'silent' || to?.condition === 'silent') await aborted(request.signal)
    if (!to?.membership || to.condition !== 'up' || from.condition === 'dead') throw new FcnError('unreachable', 'Refused.')
    carried.push({ from: from.identity.id, to: to.identity.id, path: request.path })
    const caller = callerOf(from)
    const body: unknown = typeof request.body === 'string' ? JSON.parse(request.body) : undefined
    let answer: { status: number; body: unknown }
    const counts = request.method === 'GET' ? 0 : 1
    answering += counts
    try {
      answer = { status: 200, body: await deliver(to.membership, caller, request, body) }
    } catch (error) {
      const refusal = toFcnError(error)
      answer = { status: refusal.status, body: refusal.toFailure() }
    } finally {
      answering -= counts
    }
    if ([from, to].some(({ condition }) => condition === 'silent')) await aborted(request.signal)
    return { status: answer.status, headers: {}, body: Readable.from([Buffer.from(JSON.stringify(answer.body))]) }
  }

  async function connect(from: Station, to: Station | undefined, { signal, path }: Parameters<Transport['upgrade']>[1]) {
    if (from.condition === 'silent' || to?.condition === 'silent') await aborted(signal)
    if (!to?.membership || to.condition !== 'up' || from.condition === 'dead') {
      throw new FcnError('unreachable', 'Refused.', { details: { refused: true } })
    }
    carried.push({ from: from.identity.id, to: to.identity.id, path })
    const caller = callerOf(from)
    if (!to.membership.isMember(caller.id)) throw to.membership.inbox.refusal(caller)
    const [near, far] = wire(from, to, (by, at) => void carried.push({ from: by.identity.id, to: at.identity.id, path }))
    to.membership.inbox.link(caller, far)
    return { headers: {}, socket: near }
  }

  return {
    carried,
    busy: () => answering > 0,
    attach(identity, url, key = identity.id) {
      const station: Station = { identity, url, condition: 'up', membership: null, wires: new Set() }
      stations.set(key, station)
      const machinesOf = (node: NodeId) => [...stations.values()].filter((each) => each.identity.id === node)
      return { transport: createMemoryTransport(station, machinesOf, { carry, connect }), addressProbe: probe(byUrl) }
    },
    run(key, membership) {
      const station = stations.get(key)
      if (station) Object.assign(station, { membership, condition: 'up' })
    },
    move(key, url) {
      const station = stations.get(key)
      if (station) station.url = url
    },
    set(key, condition) {
      const station = stations.get(key)
      if (!station) return
      station.condition = condition
      for (const wire of station.wires) {
        if (condition === 'dead') wire.cut()
        else wire.flush()
      }
    },
  }
}

function createMemoryTransport(
  self: Station,
  machinesOf: (node: NodeId) => Station[],
  {
    carry,
    connect,
  }: {
    carry: (from: Station, to: Station | undefined, request: Parameters<Transport['request']>[1]) => ReturnType<Transport['request']>
    connect: (from: Station, to: Station | undefined, request: Parameters<Transport['upgrade']>[1]) => ReturnType<Transport['upgrade']>
  },
): Transport {
  const known = new Map<NodeId, Set<string>>()
  const contact = createEmitter<{ node: NodeId; url: string; ok: boolean; at: number }>()
  const knows =
    (node: NodeId) =>
    ({ url }: Station) =>
      known.get(node)?.has(url.replace('http:', 'https:'))
  return {
    contact,
    learn: (node, urls) => void known.set(node, new Set([...(known.get(node) ?? []), ...urls])),
    addresses: () => [],
    forget: (node) => void known.delete(node),
    path: () => null,
    met: () => undefined,
    networkChanged: () => undefined,
    straightened: createEmitter<NodeId>(),
    measured: () => undefined,
    dispatch: (_node, _request, handler) => handler.failed(new FcnError('unreachable', 'Nothing is streamed here.'), false),
    request: async (node, request) => carry(self, machinesOf(node).find(knows(node)), request),
    upgrade: async (node, request) => connect(self, machinesOf(node).find(knows(node)), request),
    start: async () => undefined,
    stop: async () => undefined,
  }
}

const probe = (byUrl: (url: string) => Station | undefined): AddressProbe => ({
  async check(url) {
    const station = byUrl(url)
    const nothing = new FcnError('unreachable', 'Nothing answers there.').toFailure()
    if (!station?.membership || station.condition !== 'up') return { url, kind: 'none', node: null, problem: nothing }
    const { id, name } = station.membership.inbox.hello()
    return { url, kind: 'node', node: { id, name }, problem: null }
  },
})

/** The same decisions as the routes of `api/peer`. */
async function deliver(
  { inbox, isMember }: Membership & { readonly inbox: MembershipInbox },
  caller: NodeCaller,
  { method, path, signal }: { method: string; path: string; signal: AbortSignal },
  body: unknown,
): Promise<unknown> {
  const { peerPaths } = messages
  if (path === peerPaths.join) return inbox.ask(caller, messages.joinAsk.parse(body))
  if (path.startsWith(`${peerPaths.join}/`)) {
    const { pathname, searchParams } = new URL(path, 'https://peer')
    const [request = '', verb] = pathname.slice(peerPaths.join.length + 1).split('/')
    if (method === 'GET') return inbox.answer(caller, request, Number(searchParams.get('wait')), signal)
    if (verb === 'reveal') return inbox.reveal(caller, request, messages.joinReveal.parse(body))
    inbox.withdraw(caller, request, { codesDiffer: searchParams.get('codesDiffer') === 'true' })
    return { ok: true }
  }
  if (path === peerPaths.introduce) return inbox.introduce(caller, messages.introduction.parse(body))
  if (!isMember(caller.id)) throw inbox.refusal(caller)
  if (path === peerPaths.sync) return inbox.sync(caller, messages.syncAsk.parse(body))
  throw new FcnError('not_found', 'No such path.')
}

function callerOf({ identity: { id, publicKey }, url }: Station): NodeCaller {
  return { kind: 'node', id, publicKey, address: new URL(url).hostname }
}

/** Two ends of a connection; while one side is silent nothing comes through, not even that it was closed. */
function wire(from: Station, to: Station, sent: (from: Station, to: Station) => void): [Duplex, Duplex] {
  const isOpen = () => from.condition !== 'silent' && to.condition !== 'silent'
  const [near, nearNet] = duplexPair()
  const [far, farNet] = duplexPair()
  const waiting: (() => void)[] = []
  const carry = (act: () => void) => void (isOpen() ? act() : waiting.push(act))
  const cable: Wire = {
    flush: () => isOpen() && waiting.splice(0).forEach((act) => act()),
    cut: () => [near, nearNet, far, farNet].forEach((end) => end.destroy()),
  }
  for (const station of [from, to]) station.wires.add(cable)
  for (const [end, other, by, at] of [
    [nearNet, farNet, from, to],
    [farNet, nearNet, to, from],
  ] as const) {
    end.on('data', (chunk) => {
      sent(by, at)
      // never within the write itself, as on every real network
      process.nextTick(() => carry(() => other.writable && other.write(chunk)))
    })
    end.on('error', () => end.destroy()).on('end', () => process.nextTick(() => carry(() => other.end())))
  }
  for (const [end, other] of [
    [near, far],
    [far, near],
  ] as const) {
    end.once('close', () => {
      carry(() => setImmediate(() => other.destroy()))
      for (const station of [from, to]) if (other.destroyed) station.wires.delete(cable)
    })
  }
  return [near, far]
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason as Error)
    else signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })
}
