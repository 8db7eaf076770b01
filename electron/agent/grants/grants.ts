/**
 * Owner of who may use what this node shares. Asked on the serving side for every request, with the id that the
 * caller's certificate proves; what a caller writes is never looked at here.
 */
import { decideAccess, everything } from '../../contract/access-decision.ts'
import { type GrantView, grantResource, grantRule } from '../../contract/snapshot.ts'
import type { Grants, MeshId } from '../components.ts'
import { FcnError } from '../errors.ts'
import { parseId } from '../identity/node-id.ts'
import { createEmitter } from '../support/signal.ts'
import type { GrantStore, StoredGrant } from './grant-store.ts'

/** Things with a grant in one mesh: all services (256) and capabilities a node can have, twice. */
const maxGrants = 512
/** Peers with a word of their own for one thing. */
const maxExceptions = 1_000

export function createGrants({ store }: { store: GrantStore }): Grants {
  const changed = createEmitter()
  const byMesh = new Map<MeshId, Map<string, StoredGrant>>()
  for (const grant of store.all()) keep(grant)

  const find = (mesh: MeshId, resource: string) => byMesh.get(mesh)?.get(resource)

  function keep(grant: StoredGrant): void {
    const grants = byMesh.get(grant.mesh) ?? new Map<string, StoredGrant>()
    byMesh.set(grant.mesh, grants.set(grant.resource, grant))
  }

  function forget({ mesh, resource }: StoredGrant): void {
    const grants = byMesh.get(mesh)
    grants?.delete(resource)
    if (grants?.size === 0) byMesh.delete(mesh)
  }

  /** On disk before anybody hears of it; a grant that says nothing any more is not kept. */
  function put(grant: StoredGrant): GrantView {
    const isEmpty = grant.rule === null && grant.exceptions.size === 0
    if (isEmpty) {
      store.remove(grant)
      forget(grant)
    } else {
      const isNew = find(grant.mesh, grant.resource) === undefined
      if (isNew && (byMesh.get(grant.mesh)?.size ?? 0) >= maxGrants) throw tooMany(`A mesh has at most ${maxGrants} rules.`)
      store.save(grant)
      keep(grant)
    }
    changed.emit()
    return viewOf(grant)
  }

  /** The grant as it is now, ready to be changed. Throws `invalid_input`. */
  function current(mesh: MeshId, resource: string): StoredGrant {
    const id = parseId(mesh)
    return find(id, knownResource(resource)) ?? { mesh: id, resource, rule: null, exceptions: new Map() }
  }

  return {
    changed,
    list: () => [...byMesh.values()].flatMap((grants) => [...grants.values()].map(viewOf)),
    allows: (caller, resource) => decideAccess(caller, find(caller.mesh, resource), find(caller.mesh, everything)),

    set: ({ mesh, resource, rule }) => put({ ...current(mesh, resource), rule: knownRule(rule) }),

    except({ mesh, resource, peer, allow }) {
      const grant = current(mesh, resource)
      const exceptions = new Map(grant.exceptions)
      const node = parseId(peer)
      if (allow === null) exceptions.delete(node)
      else exceptions.set(node, allow)
      if (exceptions.size > maxExceptions) throw tooMany(`A rule has at most ${maxExceptions} exceptions.`)
      return put({ ...grant, exceptions })
    },

    drop(gone) {
      const grants = [...byMesh.values()].flatMap((each) => [...each.values()])
      const dropped = grants.filter((grant) => ('mesh' in gone ? grant.mesh === gone.mesh : grant.resource === gone.resource))
      if (dropped.length === 0) return
      store.removeAll(gone)
      for (const grant of dropped) forget(grant)
      changed.emit()
    },
  }
}

const viewOf = ({ mesh, resource, rule, exceptions }: StoredGrant): GrantView => ({
  id: `${mesh} ${resource}`,
  mesh,
  resource,
  rule,
  exceptions: Object.fromEntries(exceptions),
})

function knownResource(resource: string): string {
  const parsed = grantResource.safeParse(resource)
  if (parsed.success) return parsed.data
  throw new FcnError('invalid_input', 'There is no rule for such a thing.', {
    action: 'Name *, capability:<name> or service:<id>.',
  })
}

function knownRule(rule: GrantView['rule']): GrantView['rule'] {
  const parsed = grantRule.nullable().safeParse(rule)
  if (parsed.success) return parsed.data
  throw new FcnError('invalid_input', 'There is no such rule.', { action: `The rules are ${grantRule.options.join(', ')}.` })
}

const tooMany = (sentence: string) => new FcnError('too_many', sentence, { action: 'Take some back first.' })
