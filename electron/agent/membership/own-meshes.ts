/**
 * The meshes this node is in: our admission to each, its member records and notices, and our own record in it. Owner of
 * that state; talks to nobody. What others say is checked here before it counts, and is on disk before it is announced.
 */
import { generateKeyPairSync } from 'node:crypto'
import type { MeshRole } from '../../contract/snapshot.ts'
import type { Identity, MeshId, NodeId, OwnDescription } from '../components.ts'
import { FcnError, toFcnError } from '../errors.ts'
import { idOfPublicKey } from '../identity/node-id.ts'
import { type JoinBundle, maxMembers, maxMeshes } from '../protocol/messages.ts'
import type { Clock } from '../support/clock.ts'
import type { Logger } from '../support/logger.ts'
import { createEmitter } from '../support/signal.ts'
import { createTurns } from '../support/turns.ts'
import { openChain, signAdmission, subjectOf } from './admission.ts'
import { type Signer, signGrant } from './authority.ts'
import { type MemberRecord, openMemberRecord, peekMemberRecord, signMemberRecord } from './member-record.ts'
import { isNewer, mergeRecord } from './member-table.ts'
import type { MeshRow, MeshStore } from './mesh-store.ts'
import { type Notice, openNotice } from './notice.ts'
import { countingNotices, countingPolicies, isPresent, judged, type OwnMesh, type Removal, removalIn, withTable } from './own-mesh.ts'
import { ownStatement, saysTheSame } from './own-record.ts'
import type { RootKeys } from './root-key-file.ts'
import { digestOf } from './signed-token.ts'
import { withStored } from './stored-mesh.ts'

export type { OwnMesh } from './own-mesh.ts'

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
  /** Something signed came in that may change who is a member, with which role, or the name of the mesh. */
  const rejudged = createEmitter<{ previous: OwnMesh; current: OwnMesh }>()
  let self: OwnDescription | null = null
  /** Greatest version of our own record that anybody showed us, per mesh. */
  const seenVersions = new Map<MeshId, number>()
  /** One signature after another, so that versions of our record only grow. */
  const inTurn = createTurns()

  const required = (id: MeshId): OwnMesh => {
    const mesh = meshes.get(id)
    if (!mesh) throw new FcnError('not_found', 'This node is not in that mesh.', { action: 'Look at the list of meshes.' })
    return mesh
  }

  const ownRecord = (mesh: OwnMesh) => mesh.table.get(identity.id)

  function saveNotices(before: OwnMesh, after: OwnMesh): void {
    if (before.notices === after.notices) return
    const add = [...after.notices.values()].filter(({ id }) => !before.notices.has(id))
    const drop = [...before.notices.keys()].filter((id) => !after.notices.has(id))
    if (add.length + drop.length > 0) store.changeNotices(after.id, { add, drop })
  }

  /** Replaces a mesh, on disk first. */
  function put(current: OwnMesh): void {
    const previous = required(current.id)
    const { name, role, admissions, recoveryExportedAt } = current
    const isSame = name === previous.name && role === previous.role && admissions.join() === previous.admissions.join()
    saveNotices(previous, current)
    if (!isSame || recoveryExportedAt !== previous.recoveryExportedAt) store.saveMesh(current)
    meshes.set(current.id, current)
    if (current.judgement !== previous.judgement) rejudged.emit({ previous, current })
  }

  /** A full table gives room for a member by forgetting one that is in no more. */
  function roomFor(mesh: OwnMesh, node: NodeId): OwnMesh {
    if (mesh.table.size < maxMembers || mesh.table.has(node)) return mesh
    const gone = [...mesh.table.keys()].find((id) => id !== identity.id && !isPresent(mesh, id))
    if (gone === undefined) throw new FcnError('too_many', `A mesh has at most ${maxMembers} members.`)
    store.deleteMember(mesh.id, gone)
    return { ...mesh, table: new Map([...mesh.table].filter(([id]) => id !== gone)) }
  }

  function take(record: MemberRecord): boolean {
    const { mesh: id, node } = record.statement
    const before = required(id)
    if (mergeRecord(before.table, record) === before.table) return false
    const mesh = roomFor(before, node)
    store.saveMember(id, node, record.token)
    put(withTable(mesh, mergeRecord(mesh.table, record), { node }))
    merged.emit({ mesh: id, previous: before.table.get(node) ?? null, current: record })
    return true
  }

  function renew(id: MeshId, left = false): Promise<MemberRecord> {
    return inTurn(async () => {
      const mesh = required(id)
      if (self === null) throw new FcnError('not_running', 'This node has not described itself yet.')
      const statement = ownStatement(mesh, identity, { self, seen: seenVersions.get(id) ?? 0, left, now: clock.now() })
      const record = await openMemberRecord(await signMemberRecord(statement, identity.privateKey))
      take(record)
      return record
    })
  }

  async function holdsRootKey(id: MeshId): Promise<boolean> {
    try {
      return (await rootKeys.load(id)) !== null
    } catch (error) {
      log.error({ mesh: id, err: error }, 'The root key of a mesh is there and cannot be read.')
      return false
    }
  }

  async function open(row: MeshRow): Promise<OwnMesh> {
    const chain = await openChain(row.id, row)
    const admitted = subjectOf(chain)
    if (admitted.node !== identity.id || admitted.key !== identity.publicKey) {
      throw new FcnError('untrusted', 'The admission that came back is for another node.')
    }
    return judged({ ...row, chain, table: new Map(), notices: new Map(), hasRootKey: await holdsRootKey(row.id) })
  }

  /** A mesh new to this node; `notices` are heard before anything else of it. */
  async function enter(row: MeshRow, notices: readonly string[] = []): Promise<OwnMesh> {
    if (meshes.size >= maxMeshes) throw new FcnError('too_many', `A node can be in at most ${maxMeshes} meshes.`)
    if (self === null) throw new FcnError('not_running', 'This node has not described itself yet.')
    const mesh = await open(row)
    store.saveMesh(mesh)
    store.deleteFarewell(row.id)
    meshes.set(row.id, mesh)
    await takeNotices(row.id, notices)
    await renew(row.id)
    return required(row.id)
  }

  /**
   * Takes in what anybody passed on, all at once: a new role and the end of the old one are one change. Returns whether
   * any of it was news. Stops at the first that does not hold and throws `untrusted`; those before it are taken.
   */
  async function takeNotices(id: MeshId, texts: readonly string[]): Promise<boolean> {
    const { rootKey, notices: held } = required(id)
    const opened: Notice[] = []
    let failure: FcnError | null = null
    for (const text of texts) {
      if (held.has(digestOf(text))) continue
      try {
        opened.push(await openNotice(text, { mesh: id, rootKey }))
      } catch (error) {
        failure = toFcnError(error)
        break
      }
    }
    const isNews = opened.length > 0 && addNotices(id, opened)
    if (failure) throw failure
    return isNews
  }

  function addNotices(id: MeshId, opened: readonly Notice[]): boolean {
    const before = meshes.get(id)
    if (!before) return false
    const after = judged({ ...before, notices: new Map([...before.notices, ...opened.map((notice) => [notice.id, notice] as const)]) })
    if (![...after.notices.keys()].some((key) => !before.notices.has(key))) return false
    put(after)
    return true
  }

  /** This node as an admin of the mesh; throws `not_admin`. */
  function signer(id: MeshId): Signer {
    const { role, admissions, name } = required(id)
    if (role === 'admin') return { by: identity.id, key: identity.privateKey, admissions }
    throw new FcnError('not_admin', `This node is no admin of ${name}, so it cannot do that.`, { action: 'Ask an admin of the mesh.' })
  }

  return {
    merged,
    rejudged,
    all: (): OwnMesh[] => [...meshes.values()],
    get: (id: MeshId): OwnMesh | undefined => meshes.get(id),
    required,
    ownRecord,
    signer,
    takeNotices,

    /** Reads everything back; what no longer holds is logged and left out. */
    async load(): Promise<{ node: NodeId; lastSeen: number }[]> {
      const members = Map.groupBy(store.members(), ({ mesh }) => mesh)
      for (const row of store.meshes()) {
        const records = (members.get(row.id) ?? []).map(({ record }) => record)
        meshes.set(row.id, await withStored(await open(row), { notices: store.notices(row.id), records }, { log }))
      }
      return [...members.values()].flat().flatMap(({ node, lastSeen }) => (lastSeen === null ? [] : [{ node, lastSeen }]))
    },

    /** Takes what this node says of itself and signs it anew where it differs. Returns the records that are new. */
    async describe(description: OwnDescription): Promise<MemberRecord[]> {
      self = structuredClone(description)
      const said = self
      const renewed: MemberRecord[] = []
      for (const mesh of meshes.values()) {
        const same = saysTheSame(ownRecord(mesh)?.statement, mesh, { self: said, seen: seenVersions.get(mesh.id) ?? 0 })
        if (!same) renewed.push(await renew(mesh.id))
      }
      return renewed
    },
    description: (): OwnDescription | null => self,
    /** This node as people and the audit log know it. */
    self: (): { id: NodeId; name: string } => ({ id: identity.id, name: self?.name ?? 'this node' }),

    /** A new mesh with this node as founder and admin; its root key is on disk before it exists. */
    async create(name: string): Promise<OwnMesh> {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const spki = publicKey.export({ type: 'spki', format: 'der' })
      const id = idOfPublicKey(spki)
      await rootKeys.save(id, privateKey)
      const at = clock.now()
      const founder = { mesh: id, node: identity.id, key: identity.publicKey, role: 'admin', term: 0, by: id, at } as const
      const admissions = [await signAdmission(founder, privateKey)]
      const rootKey = spki.toString('base64url')
      return enter({ id, name, rootKey, role: 'admin', admissions, joinedAt: at, recoveryExportedAt: null })
    },

    /** Enters a mesh by an admission of one's own making (`restore`). */
    enter,

    /** Enters the mesh that let this node in; throws `untrusted` when the admission does not hold or is not for us. */
    async join({ mesh, rootKey, admissions, records, notices, policies }: JoinBundle): Promise<OwnMesh> {
      const own = records.map(peekMemberRecord).find(({ node }) => node === identity.id)
      if (own) seenVersions.set(mesh.id, own.version)
      const role = 'member' // until the admission is read
      const row = { ...mesh, rootKey, admissions, role, joinedAt: clock.now(), recoveryExportedAt: null } as const
      const entered = await enter(row, [...notices, ...policies])
      for (const token of records) await this.merge(token, entered.id)
      return required(entered.id)
    },

    /**
     * Signs an admission for a node, with a term above all it had; throws `not_admin` unless this node is an admin of
     * that mesh. The admission reaches the others with the record of the node.
     */
    async admit(id: MeshId, { node, key, role = 'member' }: { node: NodeId; key: string; role?: MeshRole }): Promise<string[]> {
      const mesh = required(id)
      const { admissions, notices } = await signGrant({ mesh, signer: signer(id), at: clock.now() }, { node, key, role })
      if (notices.length > 1) await takeNotices(id, notices) // it was an admin before and is one no more
      return admissions
    },

    /** Who removed the node from the mesh, while it is not in; for a request of one that was removed before. */
    removalOf(id: MeshId, node: NodeId): Removal | null {
      const mesh = meshes.get(id)
      return mesh ? removalIn(mesh, node) : null
    },

    /**
     * Takes in a record that anybody relayed. Returns whether it was news; throws `untrusted` when it does not hold,
     * `removed` when its node was removed and it brings no later admission.
     */
    async merge(token: string, expected: MeshId): Promise<boolean> {
      const claimed = peekMemberRecord(token)
      if (claimed.mesh !== expected) throw new FcnError('untrusted', 'A member record is for another mesh.')
      const held = required(expected).table.get(claimed.node)
      if (held && !isNewer({ version: claimed.version, token }, held)) return false
      const record = await openMemberRecord(token)
      const mesh = meshes.get(expected)
      if (!mesh) return false
      if (claimed.node === identity.id) {
        // from an earlier life: makes us sign a newer one at the next `describe`
        seenVersions.set(expected, claimed.version)
        return false
      }
      const { judgement } = mesh
      if (judgement.of(claimed.node)?.state !== 'member' && !judgement.isLive(record.chain)) {
        throw new FcnError('removed', `${record.statement.name} was removed from ${mesh.name}.`)
      }
      return take(record)
    },
    /** Whether our record should be signed anew: somebody holds a newer one of ours, or we have another admission now. */
    outdated(id: MeshId): boolean {
      const mesh = required(id)
      const said = ownRecord(mesh)?.statement
      return (seenVersions.get(id) ?? 0) > (said?.version ?? 0) || said?.admissions.join() !== mesh.admissions.join()
    },

    renew,
    setRootKeyState: (id: MeshId, state: Partial<Pick<OwnMesh, 'hasRootKey' | 'recoveryExportedAt'>>) => put({ ...required(id), ...state }),
    /** What counts beside the records, for those who do not have it. */
    notices: (id: MeshId): Notice[] => countingNotices(required(id)),
    policies: (id: MeshId) => countingPolicies(required(id)),
    /** Our last word in a mesh that we have left. */
    farewell: (id: MeshId): string | null => store.farewell(id),
    /**
     * Forgets the mesh; after leaving it not our last word in it. The root key of a mesh made here stays on disk: others
     * may depend on it, and it cannot be made again.
     */
    remove(id: MeshId, { farewell }: { farewell: boolean }): void {
      const last = ownRecord(required(id))
      if (last && farewell) store.saveFarewell(id, last.token)
      store.deleteMesh(id)
      meshes.delete(id)
      seenVersions.delete(id)
    },
  }
}
