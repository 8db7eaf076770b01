/** What an admin does with a mesh: removes members, changes roles, renames it, sets policies. Each act is on disk before it is told. */
import type { KeyObject } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { CapabilityName } from '../../contract/capability.ts'
import type { PolicyRules } from '../../contract/routing.ts'
import type { MeshRole } from '../../contract/snapshot.ts'
import type { Identity, MeshId, NodeId } from '../components.ts'
import { FcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import { createTurns } from '../support/turns.ts'
import { type Signer, signGrant, signName, signPolicy, signRemoval } from './authority.ts'
import { isPresent, nameIn, type OwnMesh } from './own-mesh.ts'
import type { OwnMeshes } from './own-meshes.ts'
import type { RootKeys } from './root-key-file.ts'
import { compareSeniority, type Standing } from './standing.ts'

interface Components {
  identity: Identity
  meshes: OwnMeshes
  rootKeys: RootKeys
  clock: Clock
  /** Tells every member online, and the node it is about. */
  tell: (mesh: MeshId, notices: readonly string[], about: NodeId | null) => void
}

export function createGoverning({ identity, meshes, rootKeys, clock, tell }: Components) {
  /** Each act is signed with what the one before it changed in mind. */
  const inTurn = createTurns()

  /**
   * Who signs against a member: the root key, if it is here, where that one is more senior than this node and could take
   * this node's word back; this node itself otherwise.
   */
  async function signerAgainst(mesh: OwnMesh, { role, chain }: Membership): Promise<Signer> {
    const own = meshes.signer(mesh.id)
    if (role !== 'admin' || !mesh.hasRootKey || compareSeniority(chain, mesh.chain) >= 0) return own
    const key = await rootKeys.load(mesh.id)
    return key ? rootSigner(mesh.id, key) : own
  }

  async function publish(mesh: MeshId, notices: readonly string[], about: NodeId | null): Promise<void> {
    await meshes.takeNotices(mesh, notices)
    tell(mesh, notices, about)
  }

  return {
    /** Throws `not_admin`, `not_found`, `invalid_input` for this node itself. */
    remove: (id: MeshId, node: NodeId) =>
      inTurn(async () => {
        const mesh = meshes.required(id)
        meshes.signer(id)
        if (node === identity.id) throw new FcnError('invalid_input', 'A node cannot remove itself.', { action: 'Leave the mesh instead.' })
        const member = memberOf(mesh, node)
        const context = { mesh, signer: await signerAgainst(mesh, member), at: clock.now() }
        await publish(id, await signRemoval(context, { node, key: keyOf(member) }), node)
      }),

    /** Does nothing when it has that role. Throws `not_admin`, `not_found`, `last_admin`. */
    setRole: (id: MeshId, node: NodeId, role: MeshRole) =>
      inTurn(async () => {
        const mesh = meshes.required(id)
        meshes.signer(id)
        const member = memberOf(mesh, node)
        if (member.role === role) return
        if (role === 'member' && isOnlyAdmin(mesh, node)) throw lastAdmin(mesh)
        const context = { mesh, signer: await signerAgainst(mesh, member), at: clock.now() }
        const { notices } = await signGrant(context, { node, key: keyOf(member), role })
        await publish(id, notices, node)
      }),

    /** Throws `not_admin`. */
    rename: (id: MeshId, name: string) =>
      inTurn(async () => {
        const mesh = meshes.required(id)
        const signer = meshes.signer(id)
        if (mesh.name !== name) await publish(id, [await signName({ mesh, signer, at: clock.now() }, name)], null)
      }),

    /** Null takes the rules for the capability back. Does nothing when they are these. Throws `not_admin`, `conflict`. */
    setPolicy: (id: MeshId, capability: CapabilityName, rules: PolicyRules | null) =>
      inTurn(async () => {
        const mesh = meshes.required(id)
        const signer = meshes.signer(id)
        const before = mesh.judgement.policies.get(capability)
        if (isDeepStrictEqual(before?.rules ?? null, rules)) return
        if (before?.version === Number.MAX_SAFE_INTEGER) throw lastVersion(nameIn(mesh, before.by))
        await publish(id, [await signPolicy({ mesh, signer, at: clock.now() }, { capability, rules })], null)
      }),
  }
}

type Membership = Extract<Standing, { state: 'member' }>

const keyOf = ({ chain }: Membership) => (chain.at(-1) as { key: string }).key

export const rootSigner = (mesh: MeshId, key: KeyObject): Signer => ({ by: mesh, key, admissions: [] })

function memberOf({ name, judgement }: OwnMesh, node: NodeId): Membership {
  const standing = judgement.of(node)
  if (standing?.state !== 'member') throw new FcnError('not_found', `This node is no member of ${name}.`)
  return standing
}

/** Admins now, this node included. */
export function adminsOf(mesh: OwnMesh): NodeId[] {
  return [...mesh.table.keys()].filter((node) => {
    const standing = mesh.judgement.of(node)
    return standing?.state === 'member' && standing.role === 'admin' && isPresent(mesh, node)
  })
}

export function isOnlyAdmin(mesh: OwnMesh, node: NodeId): boolean {
  const admins = adminsOf(mesh)
  return admins.length === 1 && admins[0] === node
}

export function lastAdmin({ name }: OwnMesh): FcnError {
  return new FcnError('last_admin', `${name} would be left without an admin: nobody could let in, remove or rename any more.`, {
    action: 'Make another member an admin first.',
  })
}

/** Only somebody who means it gets there. */
function lastVersion(by: string): FcnError {
  return new FcnError('conflict', `${by} has made a policy that no later one can replace.`, { action: `Remove ${by} from the mesh first.` })
}
