/**
 * How members come to hold the same records and notices: what is new here is pushed to everybody online; pings carry a
 * digest of both, and where it differs both sides give each other what the other lacks. A member that does not know us
 * yet is shown our record, which proves our admission by itself.
 */
import type { MeshId, NodeId } from '../components.ts'
import type { NodeCaller, Transport } from '../components.ts'
import type { Resources } from '../../contract/resources.ts'
import { FcnError, toFcnError } from '../errors.ts'
import { idOfPublicKey } from '../identity/node-id.ts'
import {
  type Introduced,
  type Introduction,
  maxRecordsPerMessage,
  type Ping,
  type Pong,
  removalProof,
  type SyncAnswer,
  type SyncAsk,
} from '../protocol/messages.ts'
import type { Logger } from '../support/logger.ts'
import type { CloneAlarm } from './clone-alarm.ts'
import { peekMemberRecord } from './member-record.ts'
import { compareTables, tableVersions } from './member-table.ts'
import { messageful } from './notice.ts'
import { countingNotices, isPresent, type OwnMesh, validTable } from './own-mesh.ts'
import type { OwnMeshes } from './own-meshes.ts'
import type { PeerClient } from './peer-client.ts'
import { refusalOf } from './refusal.ts'
import type { TaskGroup } from './task-group.ts'

/** Longest time for one exchange with a peer, ms. */
const exchangeLimit = 5_000
/** Rounds of one full sync; what is left travels with the next ping. */
const maxRounds = 8
/** Refused records remembered. */
const maxRefused = 4_096

interface Components {
  meshes: OwnMeshes
  client: PeerClient
  transport: Transport
  clones: CloneAlarm
  tasks: TaskGroup
  log: Logger
  /** Members worth telling: not those known to be away. */
  online: (mesh: MeshId) => NodeId[]
  isBlocked: (node: NodeId) => boolean
  /** A peer has passed on something that was refused. */
  refusedFrom: (from: NodeId, mesh: MeshId, error: unknown) => void
}

export type RecordExchange = ReturnType<typeof createRecordExchange>

export function createRecordExchange(components: Components) {
  const { meshes, client, transport, clones, tasks, log, online, isBlocked, refusedFrom } = components
  const refusal = (caller: NodeCaller) => refusalOf(caller.id, meshes.all(), { isBlocked: isBlocked(caller.id) })
  let ownResources: Resources | undefined
  const resourcesOf = new Map<NodeId, Resources>()
  /** Which of our measurements each peer has confirmed. */
  const confirmed = new Map<NodeId, Resources>()
  /** What is still to be pushed, by mesh and peer; what becomes due while a push to the peer is under way follows it. */
  const due = new Map<string, { record: boolean; notices: Set<string> }>()
  /** Versions of records that were refused because their node was removed: not asked for again. */
  const refused = new Map<string, number>()

  const shared = (node: NodeId): OwnMesh[] =>
    isBlocked(node) ? [] : meshes.all().filter((mesh) => isPresent(mesh, node) && meshes.ownRecord(mesh)?.statement.left === false)

  async function takeAll(mesh: MeshId, records: readonly string[], from: NodeId): Promise<void> {
    for (const token of records) {
      try {
        await meshes.merge(token, mesh)
      } catch (error) {
        if (toFcnError(error).code === 'removed') refuse(mesh, peekMemberRecord(token))
        else {
          log.warn({ from, mesh, err: error }, 'A peer gave a member record that does not hold.')
          refusedFrom(from, mesh, error)
        }
      }
    }
    // two machines with one key would outbid each other's record for ever
    if (meshes.get(mesh) && meshes.outdated(mesh) && !clones.isHere()) {
      await meshes.renew(mesh)
      announce(mesh)
    }
  }

  function refuse(mesh: MeshId, { node, version }: { node: NodeId; version: number }): void {
    if (refused.size >= maxRefused) refused.clear() // costs asking for them once more
    refused.set(`${mesh} ${node}`, version)
  }

  /** Returns whether we still are in that mesh. */
  async function takeNotices(mesh: MeshId, notices: readonly string[], from: NodeId): Promise<boolean> {
    try {
      if (meshes.get(mesh) && (await meshes.takeNotices(mesh, notices))) refused.clear() // what was refused may be right now
    } catch (error) {
      log.warn({ from, mesh, err: error }, 'A peer gave a notice that does not hold.')
      refusedFrom(from, mesh, error)
    }
    return meshes.get(mesh) !== undefined
  }

  function announce(mesh: MeshId): void {
    for (const node of online(mesh)) push(mesh, node, { record: true, notices: [] })
  }

  function push(mesh: MeshId, node: NodeId, what: { record: boolean; notices: readonly string[] }): void {
    const key = `push ${mesh} ${node}`
    const waiting = due.get(key)
    due.set(key, { record: what.record || waiting?.record === true, notices: new Set([...(waiting?.notices ?? []), ...what.notices]) })
    const begun = tasks.run(key, async (signal) => {
      for (let next = due.get(key); next && due.delete(key); next = due.get(key)) {
        const own = meshes.get(mesh)
        if (!own) return
        const records = next.record ? [meshes.ownRecord(own)?.token ?? []].flat() : []
        await client.sync(node, { mesh, records, notices: [...next.notices] }, { signal, limit: exchangeLimit })
      }
    })
    if (!begun && !tasks.has(key)) due.delete(key) // too much to do: the next ping shows the difference
  }

  async function introduce(node: NodeId, mesh: OwnMesh, signal: AbortSignal, notices: string[] = []): Promise<void> {
    const own = meshes.ownRecord(mesh)
    if (!own) return
    try {
      const { record } = await client.introduce(node, { record: own.token, notices }, { signal, limit: exchangeLimit })
      await takeAll(mesh.id, [record], node)
    } catch (error) {
      if (toFcnError(error).code !== 'removed') throw error
      await hearRemoval(node, error)
      const current = meshes.get(mesh.id)
      // we are still in by what we know: the other side lacks it
      if (current && notices.length === 0) await introduce(node, current, signal, messageful(countingNotices(current)))
      else throw error
    }
  }

  /** A peer refuses us as removed: believed only where the proof holds against everything we know. */
  async function hearRemoval(from: NodeId, error: unknown): Promise<void> {
    const proof = removalProof.safeParse(toFcnError(error).details)
    if (!proof.success) return
    for (const { mesh, notices } of proof.data.removals) await takeNotices(mesh, notices, from)
  }

  async function sync(node: NodeId, mesh: MeshId, signal: AbortSignal): Promise<void> {
    for (let round = 0; round < maxRounds; round++) {
      const before = meshes.required(mesh)
      const known = tableVersions(validTable(before))
      const knownNotices = countingNotices(before).map(({ id }) => id)
      const answer = await client.sync(node, { mesh, known, knownNotices, records: [], notices: [] }, { signal, limit: exchangeLimit })
      if (!(await takeNotices(mesh, answer.notices, node))) return
      await takeAll(mesh, answer.records, node)
      const current = meshes.required(mesh)
      const table = validTable(current)
      const records = answer.wants.slice(0, maxRecordsPerMessage).flatMap((id) => table.get(id)?.token ?? [])
      const wanted = new Set(answer.wantsNotices)
      const notices = messageful(countingNotices(current).filter(({ id }) => wanted.has(id)))
      if (records.length > 0 || notices.length > 0) await client.sync(node, { mesh, records, notices }, { signal, limit: exchangeLimit })
      const isDone = answer.records.length < maxRecordsPerMessage && answer.wants.length <= maxRecordsPerMessage
      if (isDone && answer.notices.length === 0 && notices.length === wanted.size) return
    }
  }

  const digests = (of: OwnMesh[]) => of.map((mesh) => ({ mesh: mesh.id, digest: mesh.digest() }))

  return {
    shared,
    refusal,
    announce,
    /** Tells every member online, and the node it is about, which may be a member no more. */
    spread(mesh: MeshId, notices: readonly string[], about: NodeId | null): void {
      for (const node of new Set([...(about === null ? [] : [about]), ...online(mesh)])) push(mesh, node, { record: false, notices })
    },
    resources: (node: NodeId): Resources | null => resourcesOf.get(node) ?? null,
    reportResources: (resources: Resources) => void (ownResources = resources),

    /** Introduces this node to a member, in the background. */
    introduceSoon(node: NodeId, mesh: MeshId): void {
      tasks.run(`introduce ${mesh} ${node}`, (signal) => introduce(node, meshes.required(mesh), signal))
    },

    /** The question of the prober: are you there, and do we hold the same? */
    async probe(node: NodeId, signal: AbortSignal): Promise<void> {
      const common = shared(node)
      const resources = confirmed.get(node) === ownResources ? undefined : ownResources
      let pong: Pong
      try {
        pong = await client.ping(node, { meshes: digests(common), resources, ...clones.note(node) }, { signal, limit: exchangeLimit })
      } catch (error) {
        const { code } = toFcnError(error)
        if (code !== 'not_member' && code !== 'removed') throw error
        await hearRemoval(node, error)
        await Promise.all(common.flatMap(({ id }) => meshes.get(id) ?? []).map((mesh) => introduce(node, mesh, signal)))
        return
      }
      clones.take(node, pong)
      if (pong.wantsResources && !resources) confirmed.delete(node)
      else if (ownResources) confirmed.set(node, resources ?? ownResources)
      for (const mesh of common) {
        const theirs = pong.meshes.find(({ mesh: id }) => id === mesh.id)
        if (!theirs) this.introduceSoon(node, mesh.id)
        else if (theirs.digest !== mesh.digest()) tasks.run(`sync ${mesh.id} ${node}`, (life) => sync(node, mesh.id, life))
      }
    },

    onPing(caller: NodeCaller, { meshes: theirs, resources, ...note }: Ping): Pong {
      clones.take(caller.id, note)
      if (resources) resourcesOf.set(caller.id, resources)
      const asked = new Set(theirs.map(({ mesh }) => mesh))
      const common = shared(caller.id).filter(({ id }) => asked.has(id))
      return { meshes: digests(common), wantsResources: !resourcesOf.has(caller.id), ...clones.note(caller.id) }
    },

    async onSync(caller: NodeCaller, { mesh: id, known, knownNotices, records, notices }: SyncAsk): Promise<SyncAnswer> {
      if (!shared(caller.id).some((mesh) => mesh.id === id)) throw refusal(caller)
      const nothing = { records: [], wants: [], notices: [], wantsNotices: [] }
      if (!(await takeNotices(id, notices, caller.id))) return nothing
      await takeAll(id, records, caller.id)
      const mesh = meshes.get(id)
      if (!known || !mesh) return nothing
      const { give, want } = compareTables(validTable(mesh), known)
      const theirs = new Set(knownNotices)
      return {
        records: give.slice(0, maxRecordsPerMessage).map(({ token }) => token),
        wants: want.filter((node) => (known[node] ?? 0) > newestSeen(mesh, node)),
        notices: messageful(countingNotices(mesh).filter((notice) => !theirs.has(notice.id))),
        wantsNotices: knownNotices.filter((notice) => !mesh.notices.has(notice)),
      }
    },

    async onIntroduce(caller: NodeCaller, { record, notices }: Introduction): Promise<Introduced> {
      const { mesh: id, node } = peekMemberRecord(record)
      if (node !== caller.id || idOfPublicKey(Buffer.from(caller.publicKey, 'base64url')) !== node) throw notTogether()
      const mesh = meshes.get(id)
      const farewell = mesh ? undefined : meshes.farewell(id)
      if (farewell) return { record: farewell }
      if (!mesh) throw notTogether()
      if (isBlocked(node)) throw refusal(caller)
      await takeNotices(id, notices, node)
      await mergeIntroduced(caller, record, id)
      const current = meshes.get(id)
      const own = current && meshes.ownRecord(current)
      if (!own) throw notTogether()
      learnContact(caller)
      return { record: own.token }
    },

    forget(node: NodeId): void {
      resourcesOf.delete(node)
      confirmed.delete(node)
    },
  }

  /** A removed node is told why, with the proof; a node whose record we hold already may have been removed since. */
  async function mergeIntroduced(caller: NodeCaller, record: string, id: MeshId): Promise<void> {
    try {
      await meshes.merge(record, id)
    } catch (error) {
      throw toFcnError(error).code === 'removed' ? refusal(caller) : error
    }
    if (meshes.get(id)?.judgement.of(caller.id)?.state === 'removed') throw refusal(caller)
  }

  /** The newest version of a member's record that we hold, or have refused. */
  function newestSeen({ id, table }: OwnMesh, node: NodeId): number {
    return Math.max(table.get(node)?.statement.version ?? -1, refused.get(`${id} ${node}`) ?? -1)
  }

  /** The address a member came from, with the port it listens on: right where its own view of its addresses is not. */
  function learnContact({ id, address }: NodeCaller): void {
    const listens = shared(id)[0]?.table.get(id)?.statement.addresses[0]
    const port = listens === undefined ? undefined : URL.parse(listens)?.port
    if (port) transport.learn(id, [`https://${address.includes(':') ? `[${address}]` : address}:${port}`], 'contact')
  }
}

function notTogether(): FcnError {
  return new FcnError('not_member', 'The two nodes are not members of that mesh together.')
}
