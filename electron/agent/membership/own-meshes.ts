/**
 * The meshes this node is in: our admission to each, its table of member records and our own record in it. Owner of
 * that state; talks to nobody. Records are checked here before they count, and are on disk before they are announced.
 */
import { generateKeyPairSync } from 'node:crypto'
import type { MeshRole } from '../../contract/snapshot.ts'
import type { Identity, MeshId, NodeId, SelfDescription } from '../components.ts'
import { FcnError } from '../errors.ts'
import { idOfPublicKey } from '../identity/node-id.ts'
import { type JoinBundle, maxMembers, maxMeshes } from '../protocol/messages.ts'
import type { Clock } from '../support/clock.ts'
import type { Logger } from '../support/logger.ts'
import { createEmitter } from '../support/signal.ts'
import { signAdmission, verifyChain } from './admission.ts'
import { type MemberRecord, nextVersion, openMemberRecord, peekMemberRecord, signMemberRecord } from './member-record.ts'
import { type MemberTable, mergeRecord } from './member-table.ts'
import type { MeshRow, MeshStore } from './mesh-store.ts'
import type { RootKeys } from './root-key-file.ts'

export interface OwnMesh extends MeshRow {
  readonly table: MemberTable
}

interface Components {
  identity: Identity
  store: MeshStore
  rootKeys: RootKeys
  clock: Clock
  log: Logger
}

export type OwnMeshes = ReturnType<typeof createOwnMeshes>

export function createOwnMeshes({ identity, store, rootKeys, clock, log }: Components) {
  const meshes = new Map<MeshId, OwnMesh>()
  /** A member's record was taken in; `previous` is null for a new member. Ours included. */
  const merged = createEmitter<{ mesh: MeshId; previous: MemberRecord | null; current: MemberRecord }>()
  let self: SelfDescription | null = null
  /** Greatest version of our own record that anybody showed us, per mesh. */
  const seenVersions = new Map<MeshId, number>()
  let signing: Promise<unknown> = Promise.resolve()

  const required = (id: MeshId): OwnMesh => {
    const mesh = meshes.get(id)
    if (!mesh) throw new FcnError('not_found', 'This node is not in that mesh.', { action: 'Look at the list of meshes.' })
    return mesh
  }

  const ownRecord = (mesh: OwnMesh) => mesh.table.get(identity.id)

  function take(record: MemberRecord): boolean {
    const { mesh: id, node } = record.statement
    const mesh = required(id)
    if (mesh.table.size >= maxMembers && !mesh.table.has(node)) throw new FcnError('too_many', `A mesh has at most ${maxMembers} members.`)
    const table = mergeRecord(mesh.table, record)
    if (table === mesh.table) return false
    store.saveMember(id, node, record.token)
    meshes.set(id, { ...mesh, table })
    merged.emit({ mesh: id, previous: mesh.table.get(node) ?? null, current: record })
    return true
  }

  /** One signature after another, so that versions of our record only grow. */
  function inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = signing.then(task)
    signing = turn.catch(() => undefined) // the caller of this turn gets its error; the next turn runs regardless
    return turn
  }

  function renew(id: MeshId, left = false): Promise<MemberRecord> {
    return inTurn(async () => {
      const mesh = required(id)
      if (self === null) throw new FcnError('not_running', 'This node has not described itself yet.')
      const { version: software, ...said } = self
      const last = Math.max(ownRecord(mesh)?.statement.version ?? 0, seenVersions.get(id) ?? 0)
      const version = nextVersion(last, clock.now())
      const { rootKey, admissions } = mesh
      const statement = { ...said, mesh: id, node: identity.id, key: identity.publicKey, version, software, left, rootKey, admissions }
      const record = await openMemberRecord(await signMemberRecord(statement, identity.privateKey))
      take(record)
      return record
    })
  }

  function saysTheSame(mesh: OwnMesh): boolean {
    const said = ownRecord(mesh)?.statement
    if (!said || said.left || !self || (seenVersions.get(mesh.id) ?? 0) > said.version) return false
    const { name, addresses, capabilities, services, software, os } = said
    const version = software
    const now = {
      name: self.name,
      addresses: self.addresses,
      capabilities: self.capabilities,
      services: self.services,
      version: self.version,
    }
    return JSON.stringify({ ...now, os: self.os }) === JSON.stringify({ name, addresses, capabilities, services, version, os })
  }

  async function enter(row: MeshRow): Promise<OwnMesh> {
    if (meshes.size >= maxMeshes) throw new FcnError('too_many', `A node can be in at most ${maxMeshes} meshes.`)
    if (self === null) throw new FcnError('not_running', 'This node has not described itself yet.')
    store.saveMesh(row)
    store.deleteFarewell(row.id)
    meshes.set(row.id, { ...row, table: new Map() })
    await renew(row.id)
    return required(row.id)
  }

  return {
    merged,
    all: (): OwnMesh[] => [...meshes.values()],
    get: (id: MeshId): OwnMesh | undefined => meshes.get(id),
    required,
    ownRecord,

    /** Reads everything back; records that no longer hold are logged and left out. */
    async load(): Promise<{ node: NodeId; lastSeen: number }[]> {
      for (const row of store.meshes()) meshes.set(row.id, { ...row, table: new Map() })
      const seen: { node: NodeId; lastSeen: number }[] = []
      for (const { mesh, node, record, lastSeen } of store.members()) {
        try {
          const opened = await openMemberRecord(record)
          const { table, ...row } = required(mesh)
          meshes.set(mesh, { ...row, table: mergeRecord(table, opened) })
          if (lastSeen !== null) seen.push({ node, lastSeen })
        } catch (error) {
          log.warn({ mesh, node, err: error }, 'A stored member record does not hold and is left out.')
        }
      }
      return seen
    },

    /** Takes what this node says of itself and signs it anew where it differs. Returns the records that are new. */
    async describe(description: SelfDescription): Promise<MemberRecord[]> {
      self = structuredClone(description)
      const renewed: MemberRecord[] = []
      for (const mesh of meshes.values()) if (!saysTheSame(mesh)) renewed.push(await renew(mesh.id))
      return renewed
    },
    description: (): SelfDescription | null => self,

    /** A new mesh with this node as founder and admin; its root key is on disk before it exists. */
    async create(name: string): Promise<OwnMesh> {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const spki = publicKey.export({ type: 'spki', format: 'der' })
      const id = idOfPublicKey(spki)
      await rootKeys.save(id, privateKey)
      const at = clock.now()
      const founder = { mesh: id, node: identity.id, key: identity.publicKey, role: 'admin', by: id, at } as const
      const admissions = [await signAdmission(founder, privateKey)]
      return enter({ id, name, rootKey: spki.toString('base64url'), role: 'admin', admissions, joinedAt: at })
    },

    /** Enters the mesh that let this node in; throws `untrusted` when the admission does not hold or is not for us. */
    async join({ mesh, rootKey, admissions, records }: JoinBundle): Promise<OwnMesh> {
      const admitted = await verifyChain(mesh.id, { rootKey, admissions })
      if (admitted.node !== identity.id || admitted.key !== identity.publicKey) {
        throw new FcnError('untrusted', 'The admission that came back is for another node.')
      }
      const own = records.map(peekMemberRecord).find(({ node }) => node === identity.id)
      if (own) seenVersions.set(mesh.id, own.version)
      const entered = await enter({ ...mesh, rootKey, admissions, role: admitted.role, joinedAt: clock.now() })
      for (const token of records) await this.merge(token, entered.id)
      return required(entered.id)
    },

    /** Signs an admission for a node; throws `not_admin` unless this node is an admin of that mesh. */
    async admit(id: MeshId, { node, key, role = 'member' }: { node: NodeId; key: string; role?: MeshRole }): Promise<string[]> {
      const { role: ownRole, admissions } = required(id)
      if (ownRole !== 'admin') throw new FcnError('not_admin', 'This node is no admin of that mesh, so it cannot let anybody in.')
      const statement = { mesh: id, node, key, role, by: identity.id, at: clock.now() }
      return [...admissions, await signAdmission(statement, identity.privateKey)]
    },

    /**
     * Takes in a record that anybody relayed. Returns whether it was news; throws `untrusted` when it does not hold.
     * A newer record of our own from an earlier life makes us sign a newer one at the next `describe`.
     */
    async merge(token: string, expected: MeshId): Promise<boolean> {
      const claimed = peekMemberRecord(token)
      if (claimed.mesh !== expected) throw new FcnError('untrusted', 'A member record is for another mesh.')
      const held = required(expected).table.get(claimed.node)
      if (held && held.statement.version >= claimed.version) return false
      const record = await openMemberRecord(token)
      if (!meshes.has(expected)) return false
      if (claimed.node !== identity.id) return take(record)
      seenVersions.set(expected, claimed.version)
      return false
    },
    /** Whether somebody holds a newer record of ours than we do. */
    outdated: (id: MeshId): boolean => (seenVersions.get(id) ?? 0) > (ownRecord(required(id))?.statement.version ?? 0),

    renew,
    /** Our last word in a mesh that we have left. */
    farewell: (id: MeshId): string | null => store.farewell(id),
    /** Forgets the mesh, apart from our last word in it. The root key of a mesh made here stays on disk: others may depend on it, and it cannot be made again. */
    remove(id: MeshId): void {
      const last = ownRecord(required(id))
      if (last) store.saveFarewell(id, last.token)
      store.deleteMesh(id)
      meshes.delete(id)
      seenVersions.delete(id)
    },
  }
}
