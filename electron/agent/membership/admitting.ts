/** The admin's side of joining: which mesh a stranger means, who may decide, and what it is answered. */
import type { RequestView } from '../../contract/snapshot.ts'
import type { AuditLog, Identity, NodeCaller } from '../components.ts'
import { FcnError } from '../errors.ts'
import { adminsOf } from './governing.ts'
import { type JoinAnswer, type JoinAsk, protocolVersion } from '../protocol/messages.ts'
import { joinBundle } from './join-bundle.ts'
import type { RequestRow } from './mesh-store.ts'
import { isPresent, type OwnMesh } from './own-mesh.ts'
import type { OwnMeshes } from './own-meshes.ts'
import { requestView, type Requests } from './requests.ts'

/** Join answers held back at a time; further askers are answered at once and ask again. */
const maxHeld = 64

interface Components {
  identity: Identity
  meshes: OwnMeshes
  requests: Requests
  audit: AuditLog
}

export type Admitting = ReturnType<typeof createAdmitting>

export function createAdmitting({ identity, meshes, requests, audit }: Components) {
  let held = 0

  const self = () => ({ id: identity.id, name: meshes.description()?.name ?? 'this node' })
  const named = ({ id, name }: OwnMesh) => ({ id, name })

  function note(action: string, row: RequestRow, by: { actor: string; actorId: string }): void {
    const mesh = meshes.get(row.mesh)
    const details = { mesh: mesh?.name ?? row.mesh, address: row.address }
    audit.record({ action, ...by, subject: row.name, subjectId: row.node, outcome: 'ok', details })
  }

  function answerTo(row: RequestRow): JoinAnswer {
    const mesh = meshes.required(row.mesh)
    if (row.state === 'approved') return approved(mesh, row.admissions ?? [], row.node)
    const from = { mesh: named(mesh), approver: self() }
    return row.state === 'pending' ? { state: 'waiting', request: row.id, ...from } : { state: 'rejected', ...from }
  }

  function approved(mesh: OwnMesh, admissions: readonly string[], node: string): JoinAnswer {
    return { state: 'approved', approver: self(), bundle: joinBundle(mesh, { self: identity.id, node, admissions: [...admissions] }) }
  }

  function decided(id: string, action: 'member.approved' | 'member.rejected', admissions: string[] | null): RequestView {
    const row = requests.decide(id, admissions ? 'approved' : 'rejected', admissions)
    note(action, row, { actor: self().name, actorId: identity.id })
    return requestView(row, meshes.required(row.mesh).name)
  }

  /** The request, if it is this caller's: others must not learn that it exists. */
  function ownRequest(caller: NodeCaller, id: string): RequestRow {
    const row = requests.get(id)
    if (!row || row.node !== caller.id) throw new FcnError('not_found', 'There is no such request.', { action: 'Ask again.' })
    return row
  }

  return {
    pending: (): RequestView[] => requests.pending().flatMap((row) => requestView(row, meshes.get(row.mesh)?.name ?? row.mesh)),

    async approve(id: string): Promise<RequestView> {
      const { mesh, node, publicKey } = requests.undecided(id)
      return decided(id, 'member.approved', await meshes.admit(mesh, { node, key: publicKey }))
    },
    reject: (id: string): RequestView => decided(id, 'member.rejected', null),

    ask(caller: NodeCaller, { mesh: reference, name, os, protocol }: JoinAsk): JoinAnswer {
      requests.countAttempt(caller.address)
      if (protocol !== protocolVersion) {
        throw new FcnError('protocol_mismatch', `The two nodes speak different versions (${protocol} and ${protocolVersion}).`, {
          action: 'Update both to the same release.',
        })
      }
      const mesh = meantMesh(meshes.all(), reference, self().name)
      const member = mesh.table.get(caller.id)
      const standing = mesh.judgement.of(caller.id)
      if (standing?.state === 'member' && isPresent(mesh, caller.id)) {
        return approved(
          mesh,
          standing.chain.map(({ token }) => token),
          caller.id,
        )
      }
      const earlier = requests.find(mesh.id, caller.id)
      if (earlier?.state === 'approved' && !member) return answerTo(earlier)
      if (mesh.role !== 'admin') throw notAdmin(mesh, self().name)
      const { id: node, publicKey, address } = caller
      const { row, isNew } = requests.ask({ mesh: mesh.id, node, publicKey, name, address, os })
      if (isNew) note('member.requested', row, { actor: name, actorId: caller.id })
      return answerTo(row)
    },

    async answer(caller: NodeCaller, id: string, wait: number, signal: AbortSignal): Promise<JoinAnswer> {
      const asked = ownRequest(caller, id)
      if (wait > 0 && asked.state === 'pending' && held < maxHeld) {
        held++
        await requests.settled(id, wait, signal).finally(() => held--)
      }
      const row = requests.get(id)
      return row ? answerTo(row) : { state: 'expired', mesh: named(meshes.required(asked.mesh)), approver: self() }
    },

    withdraw(caller: NodeCaller, id: string): void {
      requests.drop(ownRequest(caller, id).id)
    },
  }
}

/** The mesh a joiner means by id, by name, or by saying nothing. Throws `no_mesh`, `ambiguous`, `not_found`. */
export function meantMesh(meshes: readonly OwnMesh[], reference: string | undefined, node: string): OwnMesh {
  if (meshes.length === 0) {
    throw new FcnError('no_mesh', `${node} is not in any mesh.`, { action: 'Create a mesh there first.' })
  }
  const byId = meshes.find(({ id }) => id === reference)
  if (byId) return byId
  const wanted = reference?.toLocaleLowerCase()
  const fitting = wanted === undefined ? meshes : meshes.filter(({ name }) => name.toLocaleLowerCase() === wanted)
  if (fitting.length === 0) throw new FcnError('not_found', `${node} is not in a mesh called ${reference}.`)
  if (fitting.length > 1) {
    throw new FcnError('ambiguous', `${node} is in more than one mesh.`, {
      action: `Say which one to join: ${fitting.map(({ id, name }) => (wanted === undefined ? name : id)).join(' or ')}.`,
      details: { meshes: fitting.map(({ id, name }) => ({ id, name })) },
    })
  }
  return fitting[0] as OwnMesh
}

function notAdmin(mesh: OwnMesh, node: string): FcnError {
  const { name, table } = mesh
  const admins = adminsOf(mesh)
    .flatMap((id) => table.get(id) ?? [])
    .map(({ statement }) => ({ id: statement.node, name: statement.name, addresses: statement.addresses }))
  const whom = admins.map((admin) => admin.name).join(' or ')
  return new FcnError('not_admin', `${node} is no admin of ${name} and cannot let anybody in.`, {
    action: whom === '' ? 'Ask an admin of the mesh.' : `Use the address of ${whom}.`,
    details: { admins },
  })
}
