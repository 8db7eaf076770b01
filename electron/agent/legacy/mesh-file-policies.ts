/** The policies of mesh.json, between its words and ours. Their fields are called alike; what is unknown stays. Pure. */
import { type CapabilityName, capabilityNames } from '../../contract/capability.ts'
import type { MeshFile } from '../../contract/mesh-file.ts'
import { saysAnything, tidyRules } from '../../contract/policy-rules.ts'
import { type PolicyRules, policyRules } from '../../contract/routing.ts'
import type { MeshView } from '../../contract/snapshot.ts'
import { FcnError } from '../errors.ts'
import { issueText } from '../support/issue-text.ts'

const ruleNames = Object.keys(policyRules.shape)
const isFields = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What a file decides, by capability: the rules, or why they cannot be taken. A capability it says nothing about is left out. */
export function rulesOfFile({ policies = {} }: Pick<MeshFile, 'policies'>): Map<CapabilityName, PolicyRules | FcnError> {
  const said = new Map<CapabilityName, PolicyRules | FcnError>()
  for (const capability of capabilityNames) {
    const policy = Object.hasOwn(policies, capability) ? policies[capability] : undefined
    if (!isFields(policy)) continue
    const read = policyRules.safeParse(Object.fromEntries(Object.entries(policy).filter(([name]) => ruleNames.includes(name))))
    if (!read.success) said.set(capability, notRules(issueText(read.error)))
    else if (saysAnything(read.data)) said.set(capability, tidyRules(read.data))
  }
  return said
}

/** Policies for the file: the fields that others wrote, with what the mesh decided in place of the ones it decides about. */
export function withDecided(
  policies: Record<string, unknown>,
  decided: ReadonlyMap<CapabilityName, PolicyRules | null>,
): Record<string, unknown> {
  const fields = new Map(Object.entries(policies))
  for (const [capability, rules] of decided) {
    const before = fields.get(capability)
    const unknown = Object.entries(isFields(before) ? before : {}).filter(([name]) => !ruleNames.includes(name))
    if (rules === null && unknown.length === 0) fields.delete(capability)
    else fields.set(capability, { ...Object.fromEntries(unknown), ...rules })
  }
  return Object.fromEntries(fields)
}

/** The mesh a file is about: the one it names, else the only one. Throws `no_mesh`, `ambiguous`. */
export function meshOfFile({ meshName }: Pick<MeshFile, 'meshName'>, meshes: readonly MeshView[]): MeshView {
  const fitting = meshes.filter(({ name }) => name.toLowerCase() === meshName?.trim().toLowerCase())
  const [only, ...others] = fitting.length > 0 ? fitting : meshes
  if (only === undefined) throw new FcnError('no_mesh', 'This node is in no mesh that could take the policies.')
  if (others.length === 0) return only
  throw new FcnError('ambiguous', 'The file does not say for which mesh its policies are.', {
    action: 'Write the name of the mesh into the file, as meshName.',
  })
}

const notRules = (why: string) => new FcnError('invalid_input', `The file says something that is no rule: ${why}.`)
