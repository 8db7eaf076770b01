/** Export and restore of a mesh's root key. */
import type { AuditLog, Identity, MeshId, NodeId, Transport } from '../components.ts'
import { FcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import type { Random } from '../support/random.ts'
import { signAdmission } from './admission.ts'
import { signGrant } from './authority.ts'
import { rootSigner } from './governing.ts'
import type { MeshStore } from './mesh-store.ts'
import { isPresent } from './own-mesh.ts'
import type { OwnMeshes } from './own-meshes.ts'
import { openRecovery, type Recovery, sealRecovery } from './recovery-file.ts'
import type { RootKeys } from './root-key-file.ts'

interface Components {
  identity: Identity
  meshes: OwnMeshes
  store: MeshStore
  rootKeys: RootKeys
  transport: Pick<Transport, 'learn'>
  audit: AuditLog
  clock: Clock
  random: Random
  tell: (mesh: MeshId, notices: readonly string[], about: NodeId | null) => void
  /** Shows this node's record to a member, in the background. */
  introduce: (node: NodeId, mesh: MeshId) => void
}

export function createRecovery(components: Components) {
  const { identity, meshes, store, rootKeys, transport, audit, clock, random, tell, introduce } = components

  function note(action: 'recovery.exported' | 'mesh.recovered', mesh: { id: MeshId; name: string }): void {
    const { id: actorId, name: actor } = meshes.self()
    audit.record({ action, actor, actorId, subject: mesh.name, subjectId: mesh.id, outcome: 'ok' })
  }

  /** This node is in the mesh already: it becomes an admin by the root key's word. */
  async function becomeAdmin({ mesh: id, key }: Recovery): Promise<void> {
    const context = { mesh: meshes.required(id), signer: rootSigner(id, key), at: clock.now() }
    const { notices } = await signGrant(context, { node: identity.id, key: identity.publicKey, role: 'admin' })
    await meshes.takeNotices(id, notices)
    tell(id, notices, null)
  }

  /** Nothing is known of the mesh but its key: this node makes its own admission and looks for the others. */
  async function enterByKey({ mesh: id, name, key, rootKey, members }: Recovery): Promise<void> {
    const at = clock.now()
    // above every term it may have had there; seconds since 1970 stay above what was counted up from such a one before
    const term = Math.floor(at / 1000)
    const admission = { mesh: id, node: identity.id, key: identity.publicKey, role: 'admin', term, by: id, at } as const
    const admissions = [await signAdmission(admission, key)]
    await meshes.enter({ id, name, rootKey, role: 'admin', admissions, joinedAt: at, recoveryExportedAt: at })
    for (const { id: node, addresses } of members) {
      if (node === identity.id) continue
      transport.learn(node, addresses, 'recovery')
      store.saveRecoveryContact(id, node)
    }
  }

  /** Shows this node to members it has not met since it was restored; those met are taken off the list. */
  function seek(): void {
    for (const { mesh, node } of store.recoveryContacts()) {
      const own = meshes.get(mesh)
      if (!own || isPresent(own, node)) store.deleteRecoveryContact(mesh, node)
      else introduce(node, mesh)
    }
  }

  return {
    seek,

    /** Throws `not_found` when the root key is not here. */
    async export(id: MeshId, { passphrase, forget }: { passphrase: string; forget: boolean }): Promise<{ file: string; fileName: string }> {
      const mesh = meshes.required(id)
      const key = await rootKeys.load(id)
      if (!key) {
        throw new FcnError('not_found', `The root key of ${mesh.name} is not on this node.`, {
          action: 'Export it on the node that made the mesh.',
        })
      }
      const members = [...mesh.table.values()]
        .filter(({ statement }) => isPresent(mesh, statement.node))
        .map(({ statement }) => ({ id: statement.node, addresses: statement.addresses }))
      const file = await sealRecovery({ mesh: id, name: mesh.name, key, members }, passphrase, random)
      if (forget) await rootKeys.remove(id)
      meshes.setRootKeyState(id, { recoveryExportedAt: clock.now(), hasRootKey: !forget })
      note('recovery.exported', mesh)
      return { file, fileName: fileNameOf(mesh.name) }
    },

    /** Throws `wrong_passphrase`, `invalid_input`. */
    async restore(file: string, passphrase: string): Promise<MeshId> {
      const recovery = await openRecovery(file, passphrase)
      const { mesh: id, key } = recovery
      await rootKeys.save(id, key)
      await (meshes.get(id) ? becomeAdmin(recovery) : enterByKey(recovery))
      const now = clock.now()
      meshes.setRootKeyState(id, { hasRootKey: true, recoveryExportedAt: meshes.required(id).recoveryExportedAt ?? now })
      note('mesh.recovered', meshes.required(id))
      seek()
      return id
    },
  }
}

const fileNameOf = (mesh: string) => `${mesh.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/gu, '') || 'mesh'}.fcn-recovery`
