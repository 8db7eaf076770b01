import type { CapabilityName } from '../../electron/contract/capability.ts'
import type { HealthWarning, MeshView, NodeState, RequestView, Snapshot } from '../../electron/contract/snapshot.ts'

/** What the state header says, as data; the words are in the catalogue. */
export interface NodeSummary {
  state: NodeState
  /** Requests of others that wait here. */
  requests: number
  /** Capabilities that are on. */
  sharing: CapabilityName[]
  meshes: MeshView[]
  /** The health warning to show first, when there is one. */
  warning: HealthWarning | null
}

export function summarise(snapshot: Snapshot): NodeSummary {
  return {
    state: snapshot.node.state,
    requests: Object.keys(snapshot.requests).length,
    sharing: Object.values(snapshot.capabilities)
      .filter(({ enabled }) => enabled)
      .map(({ name }) => name),
    meshes: meshesByAge(snapshot),
    warning: warningsByWeight(snapshot)[0] ?? null,
  }
}

const weight: Record<HealthWarning['severity'], number> = { error: 0, warning: 1, info: 2 }

/** Health warnings, gravest first, then oldest first. */
export const warningsByWeight = ({ health }: Snapshot): HealthWarning[] =>
  Object.values(health).toSorted((a, b) => weight[a.severity] - weight[b.severity] || a.since - b.since)

/** The meshes of this node, the one it joined first on top: places do not change when a name does. */
export const meshesByAge = ({ meshes }: Snapshot): MeshView[] =>
  Object.values(meshes).toSorted((a, b) => a.joinedAt - b.joinedAt || (a.id < b.id ? -1 : 1))

/** Requests that wait here, newest first. */
export const requestsByAge = ({ requests }: Snapshot): RequestView[] =>
  Object.values(requests).toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1))
