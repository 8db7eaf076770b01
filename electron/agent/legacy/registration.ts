import { z } from 'zod'
import { displayName } from '../../contract/settings.ts'
import { FcnError } from '../errors.ts'

const registration = z.object({
  name: displayName,
  capabilities: z.union([z.array(z.string().max(200)).max(64), z.string().max(2048)]).optional(),
})

/** What an old node or its script says of itself. Throws `invalid_input` that says which field is wrong and how. */
export function parseRegistration(input: { name: unknown; capabilities: unknown }): z.output<typeof registration> {
  const parsed = registration.safeParse(input)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const field = issue?.path[0] === 'name' ? 'name' : 'capabilities'
  const why = field === 'name' ? (issue?.message ?? '') : 'a list of up to 64 names, or one comma-separated string'
  throw new FcnError('invalid_input', `The ${field} of the node is not valid: ${why}.`)
}
