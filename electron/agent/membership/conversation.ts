/**
 * What members say to each other, wired: links, the cores that run over them, notes and notices, and introductions where
 * one does not know the other yet. Owner of what contact with a node has shown.
 */
import type { Duplex } from 'node:stream'
import type { Identity, LinkMaker, MeshId, NodeCaller, NodeId, RefusedTo, Transport } from '../components.ts'
import type { Clock } from '../support/clock.ts'
import { FcnError } from '../errors.ts'
import type { Logger } from '../support/logger.ts'
import type { Random } from '../support/random.ts'
import { createEmitter } from '../support/signal.ts'
import type { CloneAlarm } from './clone-alarm.ts'
import { coreMessage, createCores } from './cores.ts'
import { createIntroductions } from './introductions.ts'
import { createLinkDial } from './link-dial.ts'
import { type Contact, presentMembers, type Viewer } from './member-views.ts'
import { createNoticeExchange } from './notice-exchange.ts'
import type { OwnMeshes } from './own-meshes.ts'
import type { PeerClient } from './peer-client.ts'
import { createPeerNotes } from './peer-notes.ts'
import type { TaskGroup } from './task-group.ts'

interface Components {
  identity: Identity
  transport: Transport
  meshes: OwnMeshes
  makeLinks: LinkMaker
  client: PeerClient
  tasks: TaskGroup
  clones: CloneAlarm
  clock: Clock
  random: Random
  log: Logger
  viewer: Viewer
  isMember: (node: NodeId) => boolean
  refusedTo: RefusedTo
  /** A peer passed on something that does not hold. */
  refusedFrom: (from: NodeId, mesh: MeshId, error: unknown) => void
  /** Others hold a newer record of this node than it has itself. */
  outdated: (mesh: MeshId) => void
}

export function createConversation(components: Components) {
  const { identity, transport, makeLinks, meshes, client, tasks, clones, clock, random, log, viewer, isMember, refusedFrom, outdated } =
    components
  const { isBlocked } = viewer
  /** What contact with the node shows is something else now. */
  const changed = createEmitter<NodeId>()
  const notices = createNoticeExchange({ meshes, client, tasks, log, refusedFrom, isBlocked, online: reachable })
  const introductions = createIntroductions({ meshes, client, transport, notices, tasks, isBlocked })
  const dial = createLinkDial({ transport, notices, introductions })
  const links = makeLinks(
    { self: identity.id, clock, dial, report: (error) => log.error({ err: error }, 'A question of a peer could not be answered.') },
    { said: onSaid, asked: (node, question) => (isMember(node) ? cores.asked(node, question) : undefined) },
  )
  const cores = createCores({
    ...{ identity, meshes, links, clock, random, log, isBlocked, outdated, measured: transport.measured },
    forged: (from, mesh) => refusedFrom(from, mesh, new FcnError('untrusted', 'A statement does not hold.')),
  })
  const notes = createPeerNotes({
    ...{ links, clones, clock, random, refusedTo: components.refusedTo, shared: notices.shared },
    unknown: introductions.soon,
    differs: (node, mesh) => tasks.run(`notices ${mesh} ${node}`, (signal) => notices.withPeer(node, mesh, signal)),
  })
  /** Wall-clock times when nodes were last heard, and who was heard since they were taken. */
  const heardAt = new Map<NodeId, number>()
  const heard = new Set<NodeId>()
  let end: (() => void) | null = null
  for (const part of [cores, notes]) part.changed.subscribe((node) => changed.emit(node))

  function onSaid(node: NodeId, body: unknown): void {
    if (!isMember(node)) return
    heardAt.set(node, clock.now())
    heard.add(node)
    const message = coreMessage.safeParse(body)
    if (message.success) cores.said(node, message.data)
    else if (typeof body === 'object' && body !== null && 'note' in body) notes.said(node, body.note)
  }

  /** Members worth talking to: those not known to be away. */
  function reachable(mesh: MeshId): NodeId[] {
    const own = meshes.get(mesh)
    return own ? presentMembers(own, viewer).filter((node) => cores.isPresent(node, mesh)) : []
  }

  return {
    changed,
    notices,
    introductions,
    cores,
    notes,
    reachable,

    contactOf(node: NodeId): Contact {
      return { state: cores.stateOf(node), lastSeen: heardAt.get(node) ?? null, resources: notes.resources(node) }
    },
    /** From before this start. */
    heardBefore: (node: NodeId, at: number) => void heardAt.set(node, at),
    /** When those were last heard who were since this was asked before. */
    takeHeard(): [NodeId, number][] {
      const taken = [...heard].map((node): [NodeId, number] => [node, heardAt.get(node) ?? clock.now()])
      heard.clear()
      return taken
    },
    accept(caller: NodeCaller, socket: Duplex): void {
      const url = introductions.contactUrl(caller)
      if (url !== null) transport.met(caller.id, url)
      links.accept(caller.id, socket)
    },
    /** The node is spoken to no more. */
    forget(node: NodeId): void {
      notes.forget(node)
      links.close(node, 'bye')
    },

    async start(): Promise<void> {
      end ??= transport.straightened.subscribe((node) => links.renew(node))
      await links.start()
      notes.start()
      cores.start()
      await Promise.all(meshes.all().map(cores.add))
    },
    /** Says goodbye to everybody. */
    async stop(): Promise<void> {
      end?.()
      end = null
      notes.stop()
      await cores.stop()
      await links.stop()
    },
  }
}
