/**
 * What a node tells each peer it has a link with, at its beginning and when it changes, and nobody else: how busy the
 * machine is, what the peer may not use here, which start of the node this is, and which notices and policies it holds, as
 * digests. So a mesh at rest is quiet.
 */
import type { Resources } from '../../contract/resources.ts'
import type { Links, MeshId, NodeId, RefusedTo } from '../components.ts'
import { type PeerNote, peerNote } from '../protocol/messages.ts'
import type { Clock } from '../support/clock.ts'
import { createEmitter, type Signal } from '../support/signal.ts'
import type { Random } from '../support/random.ts'
import type { CloneAlarm } from './clone-alarm.ts'
import type { OwnMesh } from './own-mesh.ts'
import { createRefusedThings } from './refused-things.ts'
import { createResourceReport } from './resource-report.ts'

/** Changes of what is refused within this time, ms, are told at once. */
const refusalsWithin = 100

interface Components {
  links: Pick<Links, 'say' | 'open' | 'opened'>
  clones: CloneAlarm
  clock: Clock
  random: Random
  refusedTo: RefusedTo
  /** Meshes this node shares with a peer. */
  shared: (node: NodeId) => OwnMesh[]
  /** The peer holds other notices of a mesh than we do. */
  differs: (node: NodeId, mesh: MeshId) => void
  /** The peer does not take us for a member of a mesh where we take it for one. */
  unknown: (node: NodeId, mesh: MeshId) => void
}

export function createPeerNotes({ links, clones, clock, random, refusedTo, shared, differs, unknown }: Components) {
  /** What a peer says of its resources, or of what it refuses, has changed. */
  const changed = createEmitter<NodeId>()
  const resourcesOf = new Map<NodeId, Resources>()
  let own: Resources | undefined
  const ownReport = createResourceReport()
  let cancelReport: (() => void) | null = null
  let cancelRefusals: (() => void) | null = null
  let end: (() => void) | null = null
  const refusals = createRefusedThings({ refusedTo, shared })

  const digests = (node: NodeId) =>
    shared(node).map((mesh) => ({ mesh: mesh.id, digest: mesh.noticeDigest(), policies: mesh.policyDigest() }))

  function tell(node: NodeId, more: Pick<PeerNote, 'resources' | 'refused'>): void {
    const note: PeerNote = { meshes: digests(node), ...more, ...clones.note(node) }
    links.say(node, { note })
  }

  const tellAll = (more: Pick<PeerNote, 'resources'> = {}) => {
    for (const node of links.open.nodes()) tell(node, more)
  }

  function tellRefusals(): void {
    cancelRefusals = null
    for (const node of refusals.misled(links.open.nodes())) tell(node, { refused: refusals.telling(node) })
  }

  function report(): void {
    cancelReport = null
    if (own) ownReport.told(own, clock.monotonic())
    tellAll(own && { resources: own })
  }

  return {
    changed: changed as Signal<NodeId>,
    resources: (node: NodeId): Resources | null => resourcesOf.get(node) ?? null,
    reportResources(resources: Resources): void {
      own = resources
      const dueAt = ownReport.dueAt(own)
      cancelReport?.()
      cancelReport = dueAt === null ? null : clock.after(Math.max(0, dueAt - clock.monotonic()), report)
    },
    /** What the node does not let this one use in that mesh, as far as it has said. */
    refusedBy: refusals.by,
    /** Who may use what may be another matter now: told to those for whom it is. */
    refusalsChanged(): void {
      if (end !== null) cancelRefusals ??= clock.after(refusalsWithin, tellRefusals)
    },
    /** This node holds other notices now. */
    noticesChanged: () => tellAll(),
    /** Tells some peer again which notices we hold and what we refuse, in case that the last time came to nothing. */
    remind(): void {
      const open = links.open.nodes()
      const node = open[Math.floor(random.fraction() * open.length)]
      if (node !== undefined) tell(node, { refused: refusals.telling(node) })
    },

    said(from: NodeId, body: unknown): void {
      const read = peerNote.safeParse(body)
      if (!read.success) return
      const { meshes, resources, refused, ...note } = read.data
      clones.take(from, note)
      if (resources) resourcesOf.set(from, resources)
      const isRefusalNew = refused !== undefined && refusals.take(from, refused)
      if (resources || isRefusalNew) changed.emit(from)
      const theirs = new Map(meshes.map((held) => [held.mesh, held]))
      for (const mesh of shared(from)) {
        const held = theirs.get(mesh.id)
        if (held === undefined) unknown(from, mesh.id)
        else if (isOther(held, mesh)) differs(from, mesh.id)
      }
    },
    forget(node: NodeId): void {
      resourcesOf.delete(node)
      refusals.forget(node)
    },

    start(): void {
      end ??= links.opened.subscribe((node) => tell(node, { ...(own && { resources: own }), refused: refusals.telling(node) }))
    },
    stop(): void {
      cancelReport?.()
      cancelReport = null
      cancelRefusals?.()
      cancelRefusals = null
      end?.()
      end = null
    },
  }
}

/** Older nodes say nothing of policies. */
function isOther({ digest, policies }: PeerNote['meshes'][number], mesh: OwnMesh): boolean {
  return digest !== mesh.noticeDigest() || (policies !== undefined && policies !== mesh.policyDigest())
}
