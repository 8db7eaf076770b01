import type { Capabilities, Grants, RefusedTo, Services } from './components.ts'

interface RefusedToComponents {
  grants: Pick<Grants, 'allows'>
  capabilities: Pick<Capabilities, 'list'>
  services: Pick<Services, 'list'>
}

/** What this node offers without letting everybody use it: by the same word that decides on requests. */
export function createRefusedTo({ grants, capabilities, services }: RefusedToComponents): RefusedTo {
  return (caller) => {
    const offered = capabilities.list().flatMap(({ name, enabled }) => (enabled ? [`capability:${name}`] : []))
    const shared = services.list().map(({ id }) => `service:${id}`)
    return [...offered, ...shared].filter((resource) => !grants.allows(caller, resource))
  }
}
