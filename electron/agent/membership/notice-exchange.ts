/**
 * How members come to hold the same notices: what is new here is pushed to everybody who can be reached, and where
 * two that have a link hold different ones (peer-notes.ts), they give each other what the other lacks.
 */
import type { MeshId, NodeCaller, NodeId } from '../components.ts'
import { toFcnError } from '../errors.ts'
import { removalProof, type SyncAnswer, type SyncAsk } from '../protocol/messages.ts'
import type { Logger } from '../support/logger.ts'
import { asFields, messageful } from './notice.ts'
import { countingNotices, countingPolicies, isPresent, type OwnMesh } from './own-mesh.ts'
import type { OwnMeshes } from './own-meshes.ts'
import type { PeerClient } from './peer-client.ts'
import type { PolicyStatement } from './policy-statement.ts'
import { refusalOf } from './refusal.ts'
import type { TaskGroup } from './task-group.ts'

/** Longest time for one exchange with a peer, ms. */
const exchangeLimit = 5_000
/** Rounds of one exchange; what is left comes up again with the next note. */
const maxRounds = 8

interface Components {
  meshes: OwnMeshes
  client: Pick<PeerClient, 'sync'>
  tasks: TaskGroup
  log: Logger
  /** Members worth telling: not those known to be away. */
  online: (mesh: MeshId) => NodeId[]
  isBlocked: (node: NodeId) => boolean
  /** A peer has passed on something that was refused. */
  refusedFrom: (from: NodeId, mesh: MeshId, error: unknown) => void
}

export type NoticeExchange = ReturnType<typeof createNoticeExchange>

export function createNoticeExchange({ meshes, client, tasks, log, online, isBlocked, refusedFrom }: Components) {
  /** What is still to be pushed, by mesh and peer; what becomes due while a push to the peer is under way follows it. */
  const due = new Map<string, Set<string>>()

  const shared = (node: NodeId): OwnMesh[] =>
    isBlocked(node) ? [] : meshes.all().filter((mesh) => isPresent(mesh, node) && meshes.ownRecord(mesh)?.statement.left === false)

  /** Returns whether we still are in that mesh. */
  async function take(mesh: MeshId, notices: readonly string[], from: NodeId): Promise<boolean> {
    try {
      if (meshes.get(mesh)) await meshes.takeNotices(mesh, notices)
    } catch (error) {
      log.warn({ from, mesh, err: error }, 'A peer gave a notice that does not hold.')
      refusedFrom(from, mesh, error)
    }
    return meshes.get(mesh) !== undefined
  }

  async function takeRecords(mesh: MeshId, records: readonly string[], from: NodeId): Promise<void> {
    for (const token of records) {
      try {
        await meshes.merge(token, mesh)
      } catch (error) {
        if (toFcnError(error).code === 'removed') continue // a peer that does not know it yet
        log.warn({ from, mesh, err: error }, 'A peer gave a member record that does not hold.')
        refusedFrom(from, mesh, error)
      }
    }
  }

  function push(mesh: MeshId, node: NodeId, notices: readonly string[]): void {
    const key = `push ${mesh} ${node}`
    due.set(key, new Set([...(due.get(key) ?? []), ...notices]))
    const begun = tasks.run(key, async (signal) => {
      for (let next = due.get(key); next && due.delete(key); next = due.get(key)) {
        await client.sync(node, { mesh, records: [], ...asFields([...next]) }, { signal, limit: exchangeLimit })
      }
    })
    if (!begun && !tasks.has(key)) due.delete(key) // too much to do: the next note shows the difference
  }

  return {
    shared,
    take,
    takeRecords,
    refusal: (caller: NodeCaller) => refusalOf(caller.id, meshes.all(), { isBlocked: isBlocked(caller.id) }),

    /** Tells every member online, and the node it is about, which may be a member no more. */
    spread(mesh: MeshId, notices: readonly string[], about: NodeId | null): void {
      for (const node of new Set([...(about === null ? [] : [about]), ...online(mesh)])) push(mesh, node, notices)
    },

    /** A peer refuses us as removed: believed only where the proof holds against everything we know. */
    async hearRemoval(from: NodeId, error: unknown): Promise<void> {
      const proof = removalProof.safeParse(toFcnError(error).details)
      if (!proof.success) return
      for (const { mesh, notices } of proof.data.removals) await take(mesh, notices, from)
    },

    /** Exchanges with one member what either lacks. */
    async withPeer(node: NodeId, mesh: MeshId, signal: AbortSignal): Promise<void> {
      const options = { signal, limit: exchangeLimit }
      for (let round = 0; round < maxRounds; round++) {
        const known = { knownNotices: meshes.notices(mesh).map(({ id }) => id), knownPolicies: meshes.policies(mesh).map(idOf) }
        const answer = await client.sync(node, { mesh, ...known, records: [], notices: [] }, options)
        if (!(await take(mesh, [...answer.notices, ...answer.policies], node))) return
        const wanted = new Set(answer.wantsNotices)
        const notices = messageful(meshes.notices(mesh).filter(({ id }) => wanted.has(id)))
        const policies = textsOf(meshes.policies(mesh).filter((policy) => answer.wantsPolicies.includes(idOf(policy))))
        if (notices.length + policies.length > 0) await client.sync(node, { mesh, records: [], notices, policies }, options)
        if (answer.notices.length === 0 && notices.length === wanted.size) return
      }
    },

    async onSync(caller: NodeCaller, { mesh: id, records, notices, policies, ...known }: SyncAsk): Promise<SyncAnswer> {
      if (!shared(caller.id).some((mesh) => mesh.id === id)) throw this.refusal(caller)
      const nothing = { notices: [], wantsNotices: [], policies: [], wantsPolicies: [] }
      if (!(await take(id, [...notices, ...policies], caller.id))) return nothing
      await takeRecords(id, records, caller.id)
      const mesh = meshes.get(id)
      return mesh ? { ...nothing, ...noticesFor(mesh, known), ...policiesFor(mesh, known) } : nothing
    },
  }
}

const idOf = ({ digest }: PolicyStatement) => digest
const textsOf = (policies: readonly PolicyStatement[]) => policies.map(({ token }) => token)

/** What either side lacks; nothing when the asking one only pushes. */
function noticesFor(mesh: OwnMesh, { knownNotices }: Pick<SyncAsk, 'knownNotices'>): Partial<SyncAnswer> {
  if (!knownNotices) return {}
  const theirs = new Set(knownNotices)
  return {
    notices: messageful(countingNotices(mesh).filter((notice) => !theirs.has(notice.id))),
    wantsNotices: knownNotices.filter((notice) => !mesh.notices.has(notice)),
  }
}

/** The same of policies; older nodes do not say which they know. */
function policiesFor(mesh: OwnMesh, { knownPolicies }: Pick<SyncAsk, 'knownPolicies'>): Partial<SyncAnswer> {
  if (!knownPolicies) return {}
  const theirs = new Set(knownPolicies)
  return {
    policies: textsOf(countingPolicies(mesh).filter((policy) => !theirs.has(idOf(policy)))),
    wantsPolicies: knownPolicies.filter((policy) => !mesh.notices.has(policy)),
  }
}
