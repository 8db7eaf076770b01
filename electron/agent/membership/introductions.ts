/** A member that the other side does not know yet shows its record, which proves its admission by itself. */
import type { MeshId, NodeCaller, NodeId, Transport } from '../components.ts'
import { FcnError, toFcnError } from '../errors.ts'
import { idOfPublicKey } from '../identity/node-id.ts'
import type { Introduced, Introduction } from '../protocol/messages.ts'
import { isRelayUrl } from '../protocol/relay-url.ts'
import { authority } from '../support/authority.ts'
import { peekMemberRecord } from './member-record.ts'
import { messageful } from './notice.ts'
import type { NoticeExchange } from './notice-exchange.ts'
import { countingNotices, type OwnMesh } from './own-mesh.ts'
import type { OwnMeshes } from './own-meshes.ts'
import type { PeerClient } from './peer-client.ts'
import type { TaskGroup } from './task-group.ts'

/** Longest time for one introduction, ms. */
const limit = 5_000

interface Components {
  meshes: OwnMeshes
  client: Pick<PeerClient, 'introduce'>
  transport: Pick<Transport, 'learn'>
  notices: NoticeExchange
  tasks: TaskGroup
  isBlocked: (node: NodeId) => boolean
}

export type Introductions = ReturnType<typeof createIntroductions>

export function createIntroductions({ meshes, client, transport, notices: exchange, tasks, isBlocked }: Components) {
  async function introduce(node: NodeId, mesh: OwnMesh, signal: AbortSignal, notices: string[] = []): Promise<void> {
    const own = meshes.ownRecord(mesh)
    if (!own) return
    try {
      const { record } = await client.introduce(node, { record: own.token, notices }, { signal, limit })
      await exchange.takeRecords(mesh.id, [record], node)
    } catch (error) {
      if (toFcnError(error).code !== 'removed') throw error
      await exchange.hearRemoval(node, error)
      const current = meshes.get(mesh.id)
      // we are still in by what we know: the other side lacks it
      if (current && notices.length === 0) await introduce(node, current, signal, messageful(countingNotices(current)))
      else throw error
    }
  }

  /** A removed node is told why, with the proof; a node whose record we hold already may have been removed since. */
  async function mergeIntroduced(caller: NodeCaller, record: string, id: MeshId): Promise<void> {
    try {
      await meshes.merge(record, id)
    } catch (error) {
      throw toFcnError(error).code === 'removed' ? exchange.refusal(caller) : error
    }
    if (meshes.get(id)?.judgement.of(caller.id)?.state === 'removed') throw exchange.refusal(caller)
  }

  /** The address a member came from, with the port it listens on: right where its own view of its addresses is not. */
  function contactUrl({ id, address }: NodeCaller): string | null {
    if (isRelayUrl(address)) return address
    const listens = exchange.shared(id)[0]?.table.get(id)?.statement.addresses[0]
    const port = listens === undefined ? undefined : URL.parse(listens)?.port
    return port ? `https://${authority(address, Number(port))}` : null
  }

  return {
    contactUrl,
    /** In all meshes that both are in by what we know. Rejects when the node refuses, or is in none with us. */
    async everywhere(node: NodeId, signal: AbortSignal): Promise<void> {
      const common = exchange.shared(node)
      if (common.length === 0) throw notTogether()
      await Promise.all(common.map((mesh) => introduce(node, mesh, signal)))
    },
    /** In the background. */
    soon(node: NodeId, mesh: MeshId): void {
      tasks.run(`introduce ${mesh} ${node}`, (signal) => introduce(node, meshes.required(mesh), signal))
    },

    async onIntroduce(caller: NodeCaller, { record, notices }: Introduction): Promise<Introduced> {
      const { mesh: id, node } = peekMemberRecord(record)
      if (node !== caller.id || idOfPublicKey(Buffer.from(caller.publicKey, 'base64url')) !== node) throw notTogether()
      const mesh = meshes.get(id)
      const farewell = mesh ? undefined : meshes.farewell(id)
      if (farewell) return { record: farewell }
      if (!mesh) throw notTogether()
      if (isBlocked(node)) throw exchange.refusal(caller)
      await exchange.take(id, notices, node)
      await mergeIntroduced(caller, record, id)
      const current = meshes.get(id)
      const own = current && meshes.ownRecord(current)
      if (!own) throw notTogether()
      const url = contactUrl(caller)
      if (url !== null) transport.learn(caller.id, [url], 'contact')
      return { record: own.token }
    },
  }
}

function notTogether(): FcnError {
  return new FcnError('not_member', 'The two nodes are not members of that mesh together.')
}
