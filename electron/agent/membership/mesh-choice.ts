/** Which mesh a stranger means, and who could let it in. Pure. */
import { FcnError } from '../errors.ts'
import { adminsOf } from './governing.ts'
import type { OwnMesh } from './own-mesh.ts'

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

/** `not_admin`, with the members that could decide. */
export function notAdmin(mesh: OwnMesh, node: string): FcnError {
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
