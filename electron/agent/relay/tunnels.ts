/** Tunnels of this node to hubs: those it is attached to for good, and those it needs for a while to reach somebody. */
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import type { TunnelView } from '../../contract/relay.ts'
import type { Member, Membership, MeshId, NodeId, Transport } from '../components.ts'
import { FcnError, toFcnError } from '../errors.ts'
import { peerPaths } from '../protocol/messages.ts'
import { backOff } from '../support/back-off.ts'
import type { Clock } from '../support/clock.ts'
import type { Random } from '../support/random.ts'
import { createEmitter } from '../support/signal.ts'
import { unlessAborted } from '../support/unless-aborted.ts'
import { chooseHubs } from './hub-choice.ts'
import { tunnelProtocol } from '../protocol/tunnel-protocol.ts'
import { createTunnelSession, type TunnelSession } from './tunnel-session.ts'

/** Before a broken tunnel is made again: from half of `base` up to `cap`, ms. */
const pauses = { base: 1_000, cap: 60_000 }
/** Longest try, ms. */
const connectLimit = 10_000
/** A hub that is away stays in the record for so long, ms, so that a moment's break is not told to everybody. */
const patience = 60_000
/** A tunnel that was made to reach somebody is closed after this time without use, ms. */
const idleLimit = 60_000

/** Failed tries after which other hubs are chosen before this one. */
const triesBeforeOthers = 2
/** After a change of who is there, ms. */
const reviewDelay = 250

interface TunnelsComponents {
  self: NodeId
  transport: Pick<Transport, 'upgrade'>
  membership: Pick<Membership, 'members' | 'changed' | 'nameOf'>
  clock: Clock
  random: Random
  /** Somebody reaches this node through that hub. */
  incoming: (stream: Duplex, hub: NodeId) => void
}

interface Tunnel {
  readonly hub: NodeId
  meshes: MeshId[]
  session: TunnelSession | null
  connecting: Promise<TunnelSession> | null
  abort: AbortController
  tries: number
  since: number
  /** When it was made or last asked to reach somebody. */
  usedAt: number
  /** By what membership said last. */
  isHubOnline: boolean
  addresses: string
  /** Null while it never was up. */
  lostAt: number | null
  problem: FcnError | null
  cancelRetry: () => void
  /** Of what waits for it to be idle, or to be away for too long. */
  cancelCheck: () => void
}

export function createTunnels({ self, transport, membership, clock, random, incoming }: TunnelsComponents) {
  const changed = createEmitter()
  const tunnels = new Map<NodeId, Tunnel>()
  let wanted = new Map<MeshId, NodeId[]>()
  let running = false
  let cancelReview: (() => void) | null = null
  let end: (() => void) | null = null

  function tunnelTo(hub: NodeId): Tunnel {
    const tunnel = tunnels.get(hub) ?? {
      ...{ hub, meshes: [], session: null, connecting: null, abort: new AbortController(), tries: 0 },
      ...{ since: clock.now(), usedAt: clock.monotonic(), isHubOnline: true, addresses: '', lostAt: null, problem: null },
      ...{ cancelRetry: () => undefined, cancelCheck: () => undefined },
    }
    tunnels.set(hub, tunnel)
    return tunnel
  }

  function become(tunnel: Tunnel, state: Partial<Tunnel>): void {
    Object.assign(tunnel, state, { since: clock.now() })
    changed.emit()
  }

  async function open(tunnel: Tunnel): Promise<TunnelSession> {
    const { hub } = tunnel
    const signal = AbortSignal.any([tunnel.abort.signal, AbortSignal.timeout(connectLimit)])
    const request = {
      method: 'GET',
      path: peerPaths.tunnel,
      protocol: tunnelProtocol,
      signal,
      headersTimeout: connectLimit,
      directly: true,
    }
    const { socket } = await transport.upgrade(hub, request)
    await written(socket, signal)
    let isClosed = false
    const session = createTunnelSession(socket, {
      clock,
      place: placeOf(socket),
      incoming: (stream) => incoming(stream, hub),
      measured: () => changed.emit(),
      closed() {
        isClosed = true
        if (tunnel.session !== session) return
        if (clock.now() - tunnel.since >= pauses.cap) tunnel.tries = 0
        become(tunnel, { session: null, lostAt: clock.monotonic() })
        checkLater(tunnel, patience, () => {
          review()
          changed.emit()
        })
        retry(tunnel)
      },
    })
    if (!isClosed && tunnels.get(hub) === tunnel) return session
    session.close()
    throw new FcnError('unreachable', 'The tunnel broke off at once.')
  }

  function connect(tunnel: Tunnel): Promise<TunnelSession> {
    if (tunnel.session) return Promise.resolve(tunnel.session)
    if (tunnel.connecting) return tunnel.connecting
    tunnel.cancelRetry()
    const attempt = async () => {
      try {
        const session = await open(tunnel)
        become(tunnel, { session, connecting: null, problem: null, lostAt: null })
        return session
      } catch (thrown) {
        const problem = toFcnError(thrown)
        become(tunnel, { connecting: null, problem })
        retry(tunnel)
        throw problem
      }
    }
    tunnel.connecting = attempt()
    changed.emit()
    return tunnel.connecting
  }

  const tryToConnect = (tunnel: Tunnel) => void connect(tunnel).catch(() => undefined) // kept as its problem, and tried again

  function retry(tunnel: Tunnel): void {
    tunnel.cancelRetry()
    if (!running || tunnels.get(tunnel.hub) !== tunnel) return
    if (tunnel.meshes.length === 0) {
      drop(tunnel)
      return
    }
    if (tunnel.tries === triesBeforeOthers) reviewSoon()
    tunnel.cancelRetry = clock.after(backOff(tunnel.tries++, pauses, random), () => tryToConnect(tunnel))
  }

  function drop(tunnel: Tunnel): void {
    tunnels.delete(tunnel.hub)
    tunnel.cancelRetry()
    tunnel.cancelCheck()
    const { session } = tunnel
    tunnel.session = null
    tunnel.abort.abort(new FcnError('unreachable', 'The tunnel is needed no more.'))
    session?.close()
  }

  function checkLater(tunnel: Tunnel, delay: number, check: () => void): void {
    tunnel.cancelCheck()
    tunnel.cancelCheck = clock.after(delay, check)
  }

  /** One that was made for a while goes when nobody uses it. */
  function dropWhenIdle(tunnel: Tunnel): void {
    checkLater(tunnel, Math.max(1, idleLimit - (clock.monotonic() - tunnel.usedAt)), () => {
      if (tunnel.meshes.length > 0) return
      if ((tunnel.session?.streams() ?? 0) > 0) tunnel.usedAt = clock.monotonic()
      if (clock.monotonic() - tunnel.usedAt >= idleLimit) drop(tunnel)
      else dropWhenIdle(tunnel)
    })
  }

  /** A moment's break is no reason to choose another hub. */
  const attached = (hub: NodeId) => {
    const tunnel = tunnels.get(hub)
    if (!tunnel) return false
    const { session, lostAt } = tunnel
    return session !== null || (lostAt !== null && clock.monotonic() - lostAt < patience)
  }

  /** Another hub may have room, or be reached better. */
  const failing = (hub: NodeId) => {
    const tunnel = tunnels.get(hub)
    return tunnel !== undefined && tunnel.session === null && tunnel.tries >= triesBeforeOthers
  }

  function review(): void {
    if (!running) return
    const members = membership.members()
    wanted = chooseHubs(members, { self, attached, failing })
    const hubs = new Map<NodeId, MeshId[]>()
    for (const [mesh, nodes] of wanted) for (const node of nodes) hubs.set(node, [...(hubs.get(node) ?? []), mesh])
    let isOther = false
    for (const tunnel of tunnels.values()) {
      const meshes = hubs.get(tunnel.hub) ?? []
      isOther ||= meshes.join() !== tunnel.meshes.join()
      const isNeedless = meshes.length === 0 && tunnel.meshes.length > 0
      tunnel.meshes = meshes
      if (!members.some(({ nodeId, removed }) => nodeId === tunnel.hub && removed === null)) drop(tunnel)
      else if (isNeedless) {
        tunnel.usedAt = clock.monotonic()
        dropWhenIdle(tunnel)
      }
    }
    for (const [hub, meshes] of hubs) {
      const isNew = !tunnels.has(hub)
      const tunnel = tunnelTo(hub)
      tunnel.meshes = meshes
      if (isNew || hasNews(tunnel, members)) askAgain(tunnel)
      isOther ||= isNew
    }
    if (isOther) changed.emit()
  }

  /** Whether its hub is back, or has moved. */
  function hasNews(tunnel: Tunnel, members: readonly Member[]): boolean {
    const { isHubOnline: wasOnline, addresses: before } = tunnel
    const records = members.filter(({ nodeId }) => nodeId === tunnel.hub)
    tunnel.isHubOnline = records.some(({ state }) => state === 'online')
    tunnel.addresses = records.map(({ addresses }) => addresses.join()).join(' ')
    return (!wasOnline && tunnel.isHubOnline) || tunnel.addresses !== before
  }

  /** What was known of the way to its hub may be wrong now. */
  function askAgain(tunnel: Tunnel): void {
    tunnel.tries = 0
    if (tunnel.session) tunnel.session.ping()
    else tryToConnect(tunnel)
  }

  /** Of many changes at once, as when a large mesh starts, one is enough. */
  function reviewSoon(): void {
    cancelReview ??= clock.after(reviewDelay, () => {
      cancelReview = null
      review()
    })
  }

  return {
    changed,
    /** Hubs through which this node is reached in a mesh. */
    via(mesh: MeshId): NodeId[] {
      return (wanted.get(mesh) ?? []).filter(attached)
    },
    /** A byte stream to a node at that hub. Rejects with FcnError. */
    async dial(hub: NodeId, node: NodeId, signal: AbortSignal): Promise<Duplex> {
      if (!running) throw new FcnError('not_running', 'This node stops.')
      const isNew = !tunnels.has(hub)
      const tunnel = tunnelTo(hub)
      tunnel.usedAt = clock.monotonic()
      if (isNew) dropWhenIdle(tunnel)
      return (await unlessAborted(connect(tunnel), signal)).dial(node, signal)
    },
    /** Addresses of this machine are others, or it woke up. */
    networkChanged(): void {
      for (const tunnel of tunnels.values()) {
        if (tunnel.session || tunnel.meshes.length > 0) askAgain(tunnel)
      }
    },
    views: (): TunnelView[] =>
      [...tunnels.values()]
        .filter(({ meshes }) => meshes.length > 0)
        .map(({ hub, meshes, session, connecting, since, problem }) => ({
          id: hub,
          name: membership.nameOf(hub) ?? hub,
          meshes,
          state: session ? 'up' : connecting ? 'connecting' : 'down',
          since,
          latencyMs: session?.latency() ?? null,
          problem: problem?.toFailure() ?? null,
        })),

    start(): void {
      if (running) return
      running = true
      end = membership.changed.subscribe(reviewSoon)
      review()
    },
    stop(): void {
      running = false
      end?.()
      end = null
      cancelReview?.()
      cancelReview = null
      for (const tunnel of [...tunnels.values()]) drop(tunnel)
    },
  }
}

/** node:http2 takes over what is below the socket, where nothing may be under way any more (it ends the process). */
async function written(socket: Duplex, signal: AbortSignal): Promise<void> {
  do await setImmediate()
  while (socket.writableLength > 0 && !socket.destroyed && !signal.aborted)
  if (!signal.aborted) return
  socket.destroy()
  throw signal.reason
}

/** Lanes go where the tunnel leads; null when that is no place of the network. */
function placeOf(socket: Duplex): { host: string; port: number } | null {
  if (!(socket instanceof Socket) || socket.remoteAddress === undefined || socket.remotePort === undefined) return null
  return { host: socket.remoteAddress, port: socket.remotePort }
}
