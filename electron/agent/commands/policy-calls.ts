import type { CallArgs, CallHandlers } from '../../contract/calls.ts'
import type { PolicyRules, PolicyView } from '../../contract/routing.ts'
import type { MeshView } from '../../contract/snapshot.ts'
import type { AuditLog, Membership, NodeId, Policies } from '../components.ts'
import { FcnError } from '../errors.ts'
import { meantMesh, resolveReference } from './reference.ts'

interface PolicyCallsComponents {
  policies: Policies
  membership: Pick<Membership, 'meshes' | 'members'>
  audit: AuditLog
  self: () => { id: string; name: string }
}

type RulesInput = NonNullable<CallArgs<'policy.set'>['rules']>

/** By which rules requests are sent to members of a mesh. */
export function policyCalls({
  policies,
  membership,
  audit,
  self,
}: PolicyCallsComponents): Pick<CallHandlers, 'policy.list' | 'policy.set'> {
  /** Everybody who can be named: members now by name or id, others only where the rules have them already. */
  function nodesOf(mesh: MeshView, references: readonly string[], known: ReadonlySet<NodeId>): NodeId[] {
    const present = membership.members().filter(({ meshId, state }) => meshId === mesh.id && state !== 'left' && state !== 'removed')
    const nodes = [self(), ...present.map(({ nodeId, name }) => ({ id: nodeId, name }))]
    const find = (reference: string) =>
      resolveReference(nodes, reference, { noun: `member of ${mesh.name}`, named: ({ id, name }) => ({ ids: [id], name }) }).id
    return [...new Set(references.map((reference) => (known.has(reference) ? reference : find(reference))))]
  }

  function resolved(mesh: MeshView, rules: RulesInput, known: ReadonlySet<NodeId>): PolicyRules {
    const { preferredNodes, fallbackNodes, ...rest } = rules
    const preferred = nodesOf(mesh, preferredNodes ?? [], known)
    const fallback = nodesOf(mesh, fallbackNodes ?? [], known)
    if (preferred.some((node) => fallback.includes(node))) {
      throw new FcnError('invalid_input', 'A node cannot be asked both first and last.', { action: 'Name it in one of the two lists.' })
    }
    return { ...rest, preferredNodes: preferred, fallbackNodes: fallback }
  }

  function noteOverride({ capability, override }: PolicyView, mesh: MeshView): void {
    const { id: actorId, name: actor } = self()
    const subject = { subject: mesh.name, subjectId: mesh.id }
    audit.record({ action: 'policy.overridden', actor, actorId, ...subject, outcome: 'ok', details: { capability, rules: override } })
  }

  return {
    'policy.list': () => policies.list(),
    'policy.set': async ({ mesh: reference, capability, rules: input, scope }) => {
      const mesh = meantMesh(membership.meshes(), reference)
      const before = policies.list().find((policy) => policy.mesh === mesh.id && policy.capability === capability)
      const named = [before?.rules, before?.override].flatMap((rules) => [
        ...(rules?.preferredNodes ?? []),
        ...(rules?.fallbackNodes ?? []),
      ])
      const rules = input && resolved(mesh, input, new Set(named))
      if (scope === 'mesh') return policies.setForMesh(mesh.id, capability, rules)
      const view = policies.setOverride(mesh.id, capability, rules)
      noteOverride(view, mesh)
      return view
    },
  }
}
