/**
 * The membership cores of this node, one per mesh (swim/), over the links that all of them share. Translates between
 * what is signed and kept here (own-meshes.ts) and what the cores carry, and says who can be reached: by any mesh that
 * knows.
 */
import { z } from 'zod'
import type { PeerState } from '../../contract/snapshot.ts'
import type { Links, Identity, MeshId, NodeId } from '../components.ts'
import { FcnError } from '../errors.ts'
import { idText } from '../protocol/messages.ts'
import type { Clock } from '../support/clock.ts'
import type { Logger } from '../support/logger.ts'
import type { Random } from '../support/random.ts'
import { createEmitter, type Signal } from '../support/signal.ts'
import type { MemberRecord } from './member-record.ts'
import type { OwnMesh } from './own-mesh.ts'
import type { OwnMeshes } from './own-meshes.ts'
import { createRoundTrips } from './round-trips.ts'
import { knownMembers, removalNotices, signedRecord } from './swim-facts.ts'
import { createSwimTrust } from './swim-trust.ts'
import { parseAnswer, parseMessage, parseRequest } from './swim/messages.ts'
import { isPresent, type Member } from './swim/state/member.ts'
import { createSwim, type Swim } from './swim/swim.ts'

export const coreMessage = z.object({ mesh: idText, message: z.unknown() })
const coreQuestion = z.object({ mesh: idText, request: z.unknown() })

/** Who a node is in contact with; `left` and `removed` are judged elsewhere. */
export type ContactState = Exclude<PeerState, 'left' | 'removed'>

interface Components {
  identity: Identity
  meshes: OwnMeshes
  links: Pick<Links, 'say' | 'ask' | 'open' | 'near' | 'close' | 'failed'>
  clock: Clock
  random: Random
  log: Logger
  isBlocked: (node: NodeId) => boolean
  /** A peer passed on something that does not hold. */
  forged: (from: NodeId, mesh: MeshId) => void
  /** Others hold a newer record of this node than it has itself. */
  outdated: (mesh: MeshId) => void
  /** A ping took so long to come back, ms. */
  measured: (node: NodeId, ms: number) => void
}

export function createCores(components: Components) {
  const { identity, meshes, links, clock, random, log, isBlocked, forged, outdated, measured } = components
  const cores = new Map<MeshId, Swim>()
  /** Whether a node can be reached has changed. */
  const changed = createEmitter<NodeId>()
  const roundTrips = createRoundTrips({ clock, measured })
  let networkUp = true
  let endFailures: (() => void) | null = null

  function make(mesh: OwnMesh): Swim {
    const { id } = mesh
    const trust = createSwimTrust({ identity, meshes, isBlocked }, { mesh: id })
    const transport = {
      connected: links.near,
      send(node: NodeId, message: Parameters<Swim['receive']>[1]) {
        roundTrips.sent(id, node, message)
        links.say(node, { mesh: id, message })
      },
      async exchange(node: NodeId, request: Parameters<Swim['answer']>[1], limit: number) {
        const isMeasured = request.type === 'compare' && links.open.has(node) // answered at once, and no handshake before
        const begun = clock.monotonic()
        const answer = parseAnswer(await links.ask(node, { mesh: id, request }, limit))
        if (isMeasured) measured(node, clock.monotonic() - begun)
        if (answer === null) throw new FcnError('bad_answer', 'A peer answered a question about members with something else.')
        return answer
      },
    }
    const report = (error: unknown) => log.debug({ err: error, mesh: id }, 'A message about members came to nothing.')
    // later than any before it while the clock is right; where it is not, others show us theirs, and we go beyond it
    const incarnation = Math.max(1, Math.floor(clock.now()))
    const known = knownMembers(mesh, identity.id, trust)
    const core = createSwim({ clock, random, transport, trust, report }, { self: identity.id, incarnation, known })
    core.changed.subscribe(({ previous, current }) => onChanged(previous, current))
    core.outdated.subscribe(() => outdated(id))
    core.forged.subscribe((from) => forged(from, id))
    return core
  }

  function onChanged(previous: Member | undefined, { node, state }: Member): void {
    if (node === identity.id || previous?.state === state) return
    // what a member that does not answer was sent may wait in a connection that leads nowhere any more
    if (state === 'suspect' || state === 'offline') links.close(node, 'broken')
    changed.emit(node)
  }

  const states = (node: NodeId) => [...cores.values()].map(({ members }) => members.get(node)?.state)

  return {
    changed: changed as Signal<NodeId>,

    /** One contact proves it for all meshes. */
    stateOf(node: NodeId): ContactState {
      const all = states(node)
      return (['online', 'suspect'] as const).find((state) => all.includes(state)) ?? 'offline'
    },
    /** Whether the node is online or suspect in that mesh. */
    isPresent: (node: NodeId, mesh: MeshId) => isPresent(cores.get(mesh)?.members.get(node)),

    async add(mesh: OwnMesh): Promise<void> {
      if (cores.has(mesh.id)) return
      const core = make(mesh)
      cores.set(mesh.id, core)
      await core.start()
      if (!networkUp) core.setNetwork(false)
    },
    /** Says goodbye in that mesh and forgets it. */
    async drop(mesh: MeshId): Promise<void> {
      const core = cores.get(mesh)
      cores.delete(mesh)
      await core?.stop()
    },
    /** A record that was checked and kept. */
    setRecord: (mesh: MeshId, record: MemberRecord) => cores.get(mesh)?.setRecord(signedRecord(record)),
    /** Something else is known of who is a member of the mesh. */
    rejudged(mesh: OwnMesh): void {
      const core = cores.get(mesh.id)
      if (!core) return
      for (const notice of removalNotices(mesh).values()) {
        if (mesh.judgement.of(notice.node)?.state === 'removed') core.remove(notice)
      }
      core.rejudge()
    },
    /** Somebody was blocked here, or is no more. */
    blockChanged(): void {
      for (const core of cores.values()) core.rejudge()
    },

    said(from: NodeId, { mesh, message: content }: z.infer<typeof coreMessage>): void {
      const message = parseMessage(content)
      if (message === null) return
      roundTrips.received(mesh, from, message)
      cores.get(mesh)?.receive(from, message)
    },
    async asked(from: NodeId, body: unknown): Promise<unknown> {
      const question = coreQuestion.safeParse(body)
      const request = question.success ? parseRequest(question.data.request) : null
      const core = question.success ? cores.get(question.data.mesh) : undefined
      return request && core ? core.answer(from, request) : undefined
    },

    /** Without a network nothing is asked and nobody is certain; with it again everybody is. */
    setNetwork(up: boolean): void {
      networkUp = up
      for (const core of cores.values()) core.setNetwork(up)
    },
    /** The network has changed: connections may lead nowhere. */
    wake(): void {
      for (const core of cores.values()) core.wake()
    },

    start(): void {
      endFailures ??= links.failed.subscribe(({ node, how }) => {
        if (how === 'unreachable') return
        for (const core of cores.values()) core.connectionFailed(node, how)
      })
    },
    /** Says goodbye everywhere. */
    async stop(): Promise<void> {
      endFailures?.()
      endFailures = null
      const all = [...cores.values()]
      await Promise.all(all.map((core) => core.stop()))
      cores.clear()
    },
  }
}
