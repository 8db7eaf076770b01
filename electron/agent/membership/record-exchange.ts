/**
 * How members come to hold the same records: a changed record of ours is pushed to everybody online; pings carry a
 * digest of the table, and where it differs both sides give each other what is newer. A member that does not know us
 * yet is shown our record, which proves our admission by itself.
 */
import type { MeshId, NodeId } from '../components.ts'
import type { NodeCaller, Transport } from '../components.ts'
import type { Resources } from '../../contract/resources.ts'
import { FcnError, toFcnError } from '../errors.ts'
import { idOfPublicKey } from '../identity/node-id.ts'
import { type Introduced, maxRecordsPerMessage, type Ping, type Pong, type SyncAnswer, type SyncAsk } from '../protocol/messages.ts'
import type { Logger } from '../support/logger.ts'
import type { CloneAlarm } from './clone-alarm.ts'
import { peekMemberRecord } from './member-record.ts'
import { compareTables, tableDigest, tableVersions } from './member-table.ts'
import type { OwnMesh, OwnMeshes } from './own-meshes.ts'
import type { PeerClient } from './peer-client.ts'
import type { TaskGroup } from './task-group.ts'

/** Longest time for one exchange with a peer, ms. */
const exchangeLimit = 5_000
/** Rounds of one full sync; what is left travels with the next ping. */
const maxRounds = 8

interface Components {
  meshes: OwnMeshes
  client: PeerClient
  transport: Transport
  clones: CloneAlarm
  tasks: TaskGroup
  log: Logger
  /** Members worth telling: not those known to be away. */
  online: (mesh: MeshId) => NodeId[]
}

export type RecordExchange = ReturnType<typeof createRecordExchange>

export function createRecordExchange({ meshes, client, transport, clones, tasks, log, online }: Components) {
  let ownResources: Resources | undefined
  const resourcesOf = new Map<NodeId, Resources>()
  /** Which of our measurements each peer has confirmed. */
  const confirmed = new Map<NodeId, Resources>()
  /** Pushes that are still to be made; one that becomes due while another to the same peer is under way follows it. */
  const due = new Set<string>()

  const shared = (node: NodeId): OwnMesh[] =>
    meshes.all().filter((mesh) => mesh.table.get(node)?.statement.left === false && meshes.ownRecord(mesh)?.statement.left === false)

  async function takeAll(mesh: MeshId, records: readonly string[], from: NodeId): Promise<void> {
    for (const token of records) {
      try {
        await meshes.merge(token, mesh)
      } catch (error) {
        log.warn({ from, mesh, err: error }, 'A peer gave a member record that does not hold.')
      }
    }
    // two machines with one key would outbid each other's record for ever
    if (meshes.get(mesh) && meshes.outdated(mesh) && !clones.isHere()) {
      await meshes.renew(mesh)
      announce(mesh)
    }
  }

  function announce(mesh: MeshId): void {
    for (const node of online(mesh)) push(mesh, node)
  }

  function push(mesh: MeshId, node: NodeId): void {
    const key = `push ${mesh} ${node}`
    due.add(key)
    tasks.run(key, async (signal) => {
      while (due.delete(key)) {
        const own = meshes.get(mesh)
        const record = own && meshes.ownRecord(own)
        if (record) await client.sync(node, { mesh, records: [record.token] }, { signal, limit: exchangeLimit })
      }
    })
  }

  async function introduce(node: NodeId, mesh: OwnMesh, signal: AbortSignal): Promise<void> {
    const own = meshes.ownRecord(mesh)
    if (!own) return
    const { record } = await client.introduce(node, { record: own.token }, { signal, limit: exchangeLimit })
    await takeAll(mesh.id, [record], node)
  }

  async function sync(node: NodeId, mesh: MeshId, signal: AbortSignal): Promise<void> {
    for (let round = 0; round < maxRounds; round++) {
      const known = tableVersions(meshes.required(mesh).table)
      const answer = await client.sync(node, { mesh, known, records: [] }, { signal, limit: exchangeLimit })
      await takeAll(mesh, answer.records, node)
      const { table } = meshes.required(mesh)
      const records = answer.wants.slice(0, maxRecordsPerMessage).flatMap((id) => table.get(id)?.token ?? [])
      if (records.length > 0) await client.sync(node, { mesh, records }, { signal, limit: exchangeLimit })
      if (answer.records.length < maxRecordsPerMessage && answer.wants.length <= maxRecordsPerMessage) return
    }
  }

  const digests = (of: OwnMesh[]) => of.map(({ id, table }) => ({ mesh: id, digest: tableDigest(table) }))

  return {
    shared,
    announce,
    takeAll,
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
        if (toFcnError(error).code !== 'not_member') throw error
        await Promise.all(common.map((mesh) => introduce(node, mesh, signal)))
        return
      }
      clones.take(node, pong)
      if (pong.wantsResources && !resources) confirmed.delete(node)
      else if (ownResources) confirmed.set(node, resources ?? ownResources)
      for (const mesh of common) {
        const theirs = pong.meshes.find(({ mesh: id }) => id === mesh.id)
        if (!theirs) this.introduceSoon(node, mesh.id)
        else if (theirs.digest !== tableDigest(mesh.table)) tasks.run(`sync ${mesh.id} ${node}`, (life) => sync(node, mesh.id, life))
      }
    },

    onPing(caller: NodeCaller, { meshes: theirs, resources, ...note }: Ping): Pong {
      clones.take(caller.id, note)
      if (resources) resourcesOf.set(caller.id, resources)
      const asked = new Set(theirs.map(({ mesh }) => mesh))
      const common = shared(caller.id).filter(({ id }) => asked.has(id))
      return { meshes: digests(common), wantsResources: !resourcesOf.has(caller.id), ...clones.note(caller.id) }
    },

    async onSync(caller: NodeCaller, { mesh: id, known, records }: SyncAsk): Promise<SyncAnswer> {
      if (!shared(caller.id).some((mesh) => mesh.id === id)) throw notTogether()
      await takeAll(id, records, caller.id)
      if (!known) return { records: [], wants: [] }
      const { give, want } = compareTables(meshes.required(id).table, known)
      return { records: give.slice(0, maxRecordsPerMessage).map(({ token }) => token), wants: want }
    },

    async onIntroduce(caller: NodeCaller, record: string): Promise<Introduced> {
      const { mesh: id, node } = peekMemberRecord(record)
      if (node !== caller.id || idOfPublicKey(Buffer.from(caller.publicKey, 'base64url')) !== node) throw notTogether()
      const mesh = meshes.get(id)
      const farewell = mesh ? undefined : meshes.farewell(id)
      if (farewell) return { record: farewell }
      if (!mesh) throw notTogether()
      await meshes.merge(record, id)
      const own = meshes.ownRecord(meshes.required(id))
      if (!own) throw notTogether()
      learnContact(caller)
      return { record: own.token }
    },

    forget(node: NodeId): void {
      resourcesOf.delete(node)
      confirmed.delete(node)
    },
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
