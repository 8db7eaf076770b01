import { z } from 'zod'

export type JsonSchema = Record<string, unknown>

/** Turns the schemas that validate into those that describe (JSON Schema 2020-12, as OpenAPI 3.1 takes them). */
export interface Schemas {
  /** What must be sent: fields with a default may be left out. Whole, without references. */
  input(schema: z.ZodType): JsonSchema
  /** What is answered. Named schemas become references to `components`. */
  output(schema: z.ZodType): JsonSchema
  /** Every named schema that an output has referred to so far. */
  components(): Record<string, JsonSchema>
}

/** `named`: schemas by the name they shall have. */
export function createSchemas(named: ReadonlyMap<string, z.ZodType>): Schemas {
  const names = z.registry<{ id: string }>()
  for (const [id, schema] of named) names.add(schema, { id })
  const nameless = z.registry<{ id: string }>()
  const found = new Map<string, JsonSchema>()

  const convert = (schema: z.ZodType, io: 'input' | 'output') => {
    const {
      $defs = {},
      $schema: _,
      ...own
    } = z.toJSONSchema(schema, {
      io,
      metadata: io === 'output' ? names : nameless,
      unrepresentable: 'any', // a description that says less is better than none
    })
    for (const [id, definition] of Object.entries($defs)) if (named.has(id)) found.set(id, linked(definition))
    return linked(own)
  }

  return {
    input: (schema) => convert(schema, 'input'),
    output: (schema) => convert(schema, 'output'),
    components: () => Object.fromEntries([...found].toSorted(([a], [b]) => a.localeCompare(b))),
  }
}

const definition = '#/$defs/'

/**
 * A copy whose references lead to the components of the document. A definition without a name of ours (zod calls it
 * `__schema…`) refers to itself: the contract has that in `z.json()` only, which is any value.
 */
function linked(schema: object): JsonSchema {
  return JSON.parse(JSON.stringify(schema), (_key, value: unknown) => {
    const reference = typeof value === 'object' && value !== null && '$ref' in value ? value.$ref : undefined
    if (typeof reference !== 'string' || !reference.startsWith(definition)) return value
    const id = reference.slice(definition.length)
    return id.startsWith('__') ? {} : { ...(value as object), $ref: `#/components/schemas/${id}` }
  }) as JsonSchema
}

/** The schemas that modules export, by their name in capitals (`peerView` → `PeerView`). Of two with one name the first has it. */
export function exportedSchemas(modules: readonly Record<string, unknown>[]): Map<string, z.ZodType> {
  const found = new Map<string, z.ZodType>()
  const seen = new Set<z.ZodType>()
  for (const [name, value] of modules.flatMap((module) => Object.entries(module))) {
    const id = name.charAt(0).toUpperCase() + name.slice(1)
    if (!(value instanceof z.ZodType) || found.has(id) || seen.has(value)) continue
    seen.add(value)
    found.set(id, value)
  }
  return found
}
