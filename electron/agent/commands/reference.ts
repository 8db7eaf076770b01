import type { MeshView } from '../../contract/snapshot.ts'
import { FcnError } from '../errors.ts'
import { parseId } from '../identity/node-id.ts'

/** How people call a thing: by one of its ids, or by its name as long as only one has it. */
interface Named {
  ids: string[]
  name: string
}

/**
 * The one of `things` that `reference` means. Ids win over names; names are compared without regard to case. Throws
 * `not_found`, or `ambiguous` with the ids to choose from. `noun` is used in the sentences ("mesh", "peer").
 */
export function resolveReference<T>(
  things: readonly T[],
  reference: string,
  { noun, named }: { noun: string; named: (thing: T) => Named },
): T {
  const wanted = canonical(reference)
  const byId = things.find((thing) => named(thing).ids.includes(wanted))
  if (byId !== undefined) return byId
  const name = reference.trim().toLowerCase()
  const byName = things.filter((thing) => named(thing).name.toLowerCase() === name)
  const [only, ...others] = byName
  if (only === undefined) {
    throw new FcnError('not_found', `There is no ${noun} “${reference.slice(0, 100)}” here.`, {
      action: `Use the name or id of a ${noun} in the list.`,
    })
  }
  if (others.length > 0) {
    const ids = byName.map((thing) => named(thing).ids[0] ?? '')
    throw new FcnError('ambiguous', `${byName.length} have the name “${reference.slice(0, 100)}”.`, {
      action: `Use the id: ${ids.join(', ')}.`,
      details: { ids },
    })
  }
  return only
}

/** The mesh that is named, or the only one. Throws `no_mesh`, `not_found`, `ambiguous`. */
export function meantMesh(meshes: readonly MeshView[], reference: string | undefined): MeshView {
  const [only] = meshes
  if (reference === undefined && meshes.length === 1 && only) return only
  if (reference === undefined) {
    throw new FcnError(meshes.length === 0 ? 'no_mesh' : 'ambiguous', `This node is in ${meshes.length} meshes.`, {
      action: meshes.length === 0 ? 'Create or join a mesh first.' : 'Say which mesh.',
    })
  }
  return resolveReference(meshes, reference, { noun: 'mesh', named: ({ id, name }) => ({ ids: [id], name }) })
}

/** Ids may be typed in any case and spacing; what is no such id is compared as it is. */
function canonical(reference: string): string {
  try {
    return parseId(reference)
  } catch {
    return reference.trim()
  }
}
