import type { Grants, Membership, Services, Startable } from '../components.ts'

interface GrantUpkeepComponents {
  grants: Pick<Grants, 'list' | 'drop'>
  membership: Pick<Membership, 'meshes' | 'changed'>
  services: Pick<Services, 'list' | 'changed'>
}

/**
 * Drops the rules of what is gone, so that a mesh joined again or a service of the same id begins anew. Started after
 * membership, which knows its meshes only then. A rule for a service that is not shared yet stays: whoever wants to
 * keep something from everybody says so before sharing it.
 */
export function createGrantUpkeep({ grants, membership, services }: GrantUpkeepComponents): Startable {
  let ends: (() => void)[] = []
  let shared = new Set<string>()

  const idsOf = () => new Set(services.list().map(({ id }) => id))

  const dropMeshes = () => {
    const mine = new Set(membership.meshes().map(({ id }) => id))
    const gone = new Set(grants.list().flatMap(({ mesh }) => (mine.has(mesh) ? [] : [mesh])))
    for (const mesh of gone) grants.drop({ mesh })
  }

  const dropServices = () => {
    const now = idsOf()
    for (const id of shared) if (!now.has(id)) grants.drop({ resource: `service:${id}` })
    shared = now
  }

  return {
    async start() {
      if (ends.length > 0) return
      shared = idsOf()
      dropMeshes()
      ends = [membership.changed.subscribe(dropMeshes), services.changed.subscribe(dropServices)]
    },
    async stop() {
      for (const end of ends) end()
      ends = []
    },
  }
}
