/**
 * A hub: members are attached to it by tunnels, and it joins byte streams of two of them. It asks before that both are
 * members of a mesh that it relays for, and dials nobody: a member is reached only over what it has opened itself.
 */
import type { ServerHttp2Stream } from 'node:http2'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { HubView } from '../../contract/relay.ts'
import type { Membership, MeshId, NodeId } from '../components.ts'
import { FcnError, toFcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import { createEmitter } from '../support/signal.ts'
import { createFairRate } from './fair-rate.ts'
import { type HubRoles, notAdmin } from './hub-roles.ts'
import { createHubSession, type HubSession } from './hub-session.ts'
import { breakOff, join } from './joint.ts'
import type { Lanes } from './lanes.ts'
import { type Between, createPairs } from './pairs.ts'
import { fromHeader, laneHeader, laneLimit } from '../protocol/tunnel-protocol.ts'

/** How often the rate is worked out while something passes, ms. */
const rateInterval = 2_000

interface HubComponents {
  self: NodeId
  roles: HubRoles
  membership: Pick<Membership, 'isMember' | 'meshes' | 'changed' | 'expelled'>
  lanes: Lanes
  clock: Clock
}

export type Hub = ReturnType<typeof createHub>

export function createHub({ self, roles, membership, lanes, clock }: HubComponents) {
  const changed = createEmitter()
  const sessions = new Map<NodeId, HubSession>()
  const pairs = createPairs({ clock, rateOf })
  const rates = new Map<MeshId, ReturnType<typeof createFairRate>>()
  let ends: (() => void)[] = []

  const meshesOf = (...nodes: NodeId[]) => roles.active().filter((mesh) => nodes.every((node) => membership.isMember(node, mesh)))
  const attachedIn = (mesh: MeshId) => [...sessions.keys()].filter((node) => membership.isMember(node, mesh)).length

  function rateOf(mesh: MeshId) {
    const rate = rates.get(mesh) ?? createFairRate({ clock }, () => roles.of(mesh).limits.bytesPerSecond)
    rates.set(mesh, rate)
    return rate
  }

  /** The mesh in whose name two members are joined. Throws why they are not. */
  function meshFor(from: NodeId, to: NodeId): MeshId {
    const common = meshesOf(from, to)
    if (common.length === 0) throw new FcnError('not_member', 'The two are not members of a mesh that this node relays for.')
    const mesh = common.find((each) => !roles.isUsedUp(each))
    if (mesh !== undefined) return mesh
    throw new FcnError('busy', 'What this hub relays in a month is used up.', {
      action: 'Wait for the next month, or ask its owner for more.',
    })
  }

  function sessionOf(node: NodeId): HubSession {
    const session = sessions.get(node)
    if (session?.isOpen === true) return session
    throw new FcnError('unreachable', 'That node is not attached to this hub now.')
  }

  function carry(between: Between, one: Duplex, other: Duplex): void {
    const { mesh } = between
    const { passed, leave } = pairs.enter(between, one, other)
    join(one, other, {
      passed(bytes, resume) {
        roles.count(mesh, bytes)
        if (roles.isUsedUp(mesh)) pairs.cutMesh(mesh)
        return passed(bytes, resume)
      },
      closed() {
        leave()
        changed.emit()
      },
    })
    changed.emit()
    watchRate()
  }

  /** Two members may be joined now. Throws why not. */
  function allow(...nodes: [NodeId, NodeId]): Between {
    const between = { mesh: meshFor(...nodes), nodes }
    pairs.check(between)
    return between
  }

  /** The sockets of a lane, which may come when things are not as they were when the tickets were given. */
  function carryLane(nodes: [NodeId, NodeId], one: Socket, other: Socket): void {
    try {
      carry(allow(...nodes), one, other)
    } catch {
      for (const socket of [one, other]) breakOff(socket) // who may know it is told so in the tunnel
    }
  }

  async function connect(from: NodeId, stream: ServerHttp2Stream, to: NodeId): Promise<void> {
    try {
      allow(from, to)
      const session = sessionOf(to)
      const far = await session.call(from)
      try {
        if (stream.destroyed) throw new FcnError('unreachable', 'Who asked has gone.')
        const between = allow(from, to) // much may have changed meanwhile
        const tickets = lanes.forTwo((...sockets) => carryLane([from, to], ...sockets))
        far.respond({ ':status': 200, [fromHeader]: from, ...(tickets && { [laneHeader]: tickets[1] }) })
        stream.respond({ ':status': 200, ...(tickets && { [laneHeader]: tickets[0] }) })
        carry(between, stream, far)
      } catch (error) {
        session.giveBack(far)
        throw error
      }
    } catch (error) {
      refuse(stream, toFcnError(error))
    }
  }

  let cancelWatch: (() => void) | null = null
  function watchRate(): void {
    cancelWatch ??= clock.after(rateInterval, () => {
      cancelWatch = null
      if (pairs.measure()) changed.emit()
      if (pairs.isMoving()) watchRate()
    })
  }

  /** Ends what is not allowed any more. */
  function review(): void {
    const active = roles.active()
    roles.keepOnly(new Set(membership.meshes().map(({ id }) => id)))
    for (const mesh of pairs.meshes()) if (!active.includes(mesh)) pairs.cutMesh(mesh)
    // not by `meshesOf`: each asks for all meshes, and a mesh counts its members to say what it is
    const isServed = (node: NodeId) => active.some((mesh) => membership.isMember(node, mesh))
    for (const [node, session] of sessions) if (!isServed(node)) session.close()
  }

  function cut(node: NodeId): void {
    pairs.cutNode(node)
    sessions.get(node)?.close()
  }

  return {
    changed,
    /** A member wants to be reached here; takes its connection. Throws `forbidden`, `busy`. */
    attach(node: NodeId): (socket: Duplex) => void {
      const meshes = meshesOf(node)
      if (meshes.length === 0) throw new FcnError('forbidden', 'This node does not relay for a mesh of yours.')
      const hasRoom = (mesh: MeshId) => attachedIn(mesh) < roles.of(mesh).limits.members
      if (!sessions.has(node) && !meshes.some(hasRoom)) {
        throw new FcnError('busy', 'This hub has as many members attached as it takes.', { action: 'Use another hub.' })
      }
      return (socket) => {
        if (meshesOf(node).length === 0) {
          socket.destroy()
          return
        }
        const before = sessions.get(node)
        const session = createHubSession({ clock }, socket, {
          dial: (to, stream) => void connect(node, stream, to),
          closed() {
            if (sessions.get(node) === session) sessions.delete(node)
            changed.emit()
          },
        })
        sessions.set(node, session)
        before?.close()
        changed.emit()
      }
    },

    /** A byte stream to a member that is attached here, for this node itself. */
    async reach(node: NodeId): Promise<Duplex> {
      const far = await sessionOf(node).call(self)
      const socket = await new Promise<Socket | null>((resolve) => {
        const cancel = clock.after(laneLimit, () => end(null))
        let isOver = false
        const end = (lane: Socket | null) => {
          if (isOver)
            lane?.destroy() // the tunnel is used already
          else resolve(lane)
          isOver = true
          cancel()
        }
        const ticket = lanes.forOne(end)
        far.once('close', () => end(null))
        far.respond({ ':status': 200, [fromHeader]: self, ...(ticket !== null && { [laneHeader]: ticket }) })
        if (ticket === null) end(null)
      })
      if (socket === null) return far
      far.resume().end()
      return socket
    },

    isAttached: (node: NodeId): boolean => sessions.get(node)?.isOpen === true,

    views: (): HubView[] =>
      membership.meshes().map(({ id }) => {
        const { on, limits, bytes } = roles.of(id)
        const { open, bytesPerSecond } = pairs.use(id)
        const whyNot = roles.isAdmin(id) ? null : notAdmin().toFailure()
        return { id, on: on && whyNot === null, whyNot, limits, spokes: attachedIn(id), pairs: open, bytesPerSecond, bytesThisMonth: bytes }
      }),

    start(): void {
      if (ends.length > 0) return
      ends = [
        roles.changed.subscribe(() => (review(), changed.emit())),
        membership.changed.subscribe(review),
        membership.expelled.subscribe(cut),
      ]
    },
    stop(): void {
      for (const end of ends.splice(0)) end()
      for (const session of sessions.values()) session.close()
      pairs.cutAll()
      cancelWatch?.()
      cancelWatch = null
      lanes.close()
      roles.flush()
    },
  }
}

function refuse(stream: ServerHttp2Stream, error: FcnError): void {
  if (stream.destroyed || stream.headersSent) return
  stream.respond({ ':status': error.status, 'content-type': 'application/json' })
  stream.end(JSON.stringify(error.toFailure()))
}
