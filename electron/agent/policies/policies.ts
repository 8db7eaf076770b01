/**
 * Owner of routing policies: what admins decided comes from `membership`, where it is signed and spread; what this node
 * says instead for its own requests is kept here. Decides nothing about who is asked: that is `routing`, with these rules.
 */
import { type CapabilityName, capabilityNames } from '../../contract/capability.ts'
import { saysAnything, tidyRules } from '../../contract/policy-rules.ts'
import type { PolicyRules, PolicyView } from '../../contract/routing.ts'
import type { Membership, MeshId, Policies } from '../components.ts'
import { FcnError } from '../errors.ts'
import { createEmitter } from '../support/signal.ts'
import type { OverrideStore } from './override-store.ts'

interface PoliciesComponents {
  membership: Pick<Membership, 'meshes' | 'policyOf' | 'setPolicy' | 'policiesChanged'>
  store: OverrideStore
}

/** What `PolicyUpkeep` needs beside. */
export interface OwnPolicies extends Policies {
  /** Overrides of meshes that are none of these go. */
  keepOnly(meshes: ReadonlySet<MeshId>): void
}

const noRules: PolicyRules = {}

export function createPolicies({ membership, store }: PoliciesComponents): OwnPolicies {
  const changed = createEmitter()
  const overrides = new Map<MeshId, Map<CapabilityName, PolicyRules>>()
  for (const { mesh, capability, rules } of store.all()) keep(mesh, capability, rules)
  membership.policiesChanged.subscribe(() => changed.emit())

  function keep(mesh: MeshId, capability: CapabilityName, rules: PolicyRules): void {
    overrides.set(mesh, (overrides.get(mesh) ?? new Map<CapabilityName, PolicyRules>()).set(capability, rules))
  }

  const overrideOf = (mesh: MeshId, capability: CapabilityName) => overrides.get(mesh)?.get(capability) ?? null

  function view(mesh: MeshId, capability: CapabilityName): PolicyView {
    const decided = membership.policyOf(mesh, capability)
    const rules = decided?.rules ?? null
    return {
      ...{ id: `${mesh} ${capability}`, mesh, capability, rules },
      ...{ by: rules && (decided?.by ?? null), at: rules && (decided?.at ?? null) },
      version: decided?.version ?? 0,
      override: overrideOf(mesh, capability),
    }
  }

  function required(mesh: MeshId): void {
    if (!membership.meshes().some(({ id }) => id === mesh)) throw new FcnError('not_found', 'This node is not in that mesh.')
  }

  return {
    changed,
    list: () =>
      membership
        .meshes()
        .flatMap(({ id }) => capabilityNames.map((capability) => view(id, capability)))
        .filter(({ rules, override }) => rules !== null || override !== null),
    rulesFor: (mesh, capability) => overrideOf(mesh, capability) ?? membership.policyOf(mesh, capability)?.rules ?? noRules,

    async setForMesh(mesh, capability, rules) {
      const tidy = rules && tidyRules(rules)
      await membership.setPolicy(mesh, capability, tidy && saysAnything(tidy) ? tidy : null)
      return view(mesh, capability)
    },

    setOverride(mesh, capability, rules) {
      required(mesh)
      if (rules === null) {
        store.remove({ mesh, capability })
        overrides.get(mesh)?.delete(capability)
      } else {
        const tidy = tidyRules(rules) // no rules at all is a word, too: whatever the mesh says
        store.save({ mesh, capability, rules: tidy })
        keep(mesh, capability, tidy)
      }
      changed.emit()
      return view(mesh, capability)
    },

    keepOnly(meshes) {
      const gone = [...overrides.keys()].filter((mesh) => !meshes.has(mesh))
      for (const mesh of gone) {
        store.removeMesh(mesh)
        overrides.delete(mesh)
      }
      if (gone.length > 0) changed.emit()
    },
  }
}
