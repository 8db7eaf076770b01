import { z } from 'zod'
import { jsonObject, name, said, untranslatable } from '../form.ts'
import { maxTools } from '../limits.ts'
import type { ChatTask, Tool, ToolChoice } from '../task.ts'

const description = z.string().nullish()
const parameters = jsonObject.nullish()

/** As `chat/completions` has them, and Ollama, too. */
export const tools = z
  .array(
    z.union([
      z.object({ type: z.literal('function'), function: z.object({ name, description, parameters }) }),
      z.object({ type: z.string() }),
    ]),
  )
  .max(maxTools)
  .nullish()

export const toolChoice = z
  .union([
    z.enum(['none', 'auto', 'required']),
    z.object({ type: z.literal('function'), function: z.object({ name }) }),
    z.object({ type: z.string() }),
  ])
  .nullish()

/** A tool without parameters takes none. */
const noParameters = { type: 'object', properties: {} }

export const toolOf = (given: { name: string; description?: string | null; parameters?: Tool['parameters'] | null }): Tool => ({
  name: given.name,
  description: given.description ?? null,
  parameters: given.parameters ?? noParameters,
})

export function readTools(given: z.infer<typeof tools>): Tool[] {
  return (given ?? []).map((tool) => {
    if ('function' in tool) return toolOf(tool.function)
    throw untranslatable(`A tool of the kind “${tool.type.slice(0, 40)}”`)
  })
}

export function readToolChoice(given: z.infer<typeof toolChoice>): ToolChoice {
  if (given === null || given === undefined) return 'auto'
  if (typeof given === 'string') return given
  if ('function' in given) return { name: given.function.name }
  throw untranslatable(`A choice of tools of the kind “${given.type.slice(0, 40)}”`)
}

export const writeTools = (given: readonly Tool[]): unknown[] =>
  given.map((tool) => ({
    type: 'function',
    function: said({ name: tool.name, description: tool.description, parameters: tool.parameters }),
  }))

/** What is said of tools in a request; nothing without any, which engines would refuse. */
export function toolFields(task: ChatTask): Record<string, unknown> {
  if (task.tools.length === 0) return {}
  const { toolChoice: choice } = task
  return {
    tools: writeTools(task.tools),
    ...(choice !== 'auto' && { tool_choice: typeof choice === 'string' ? choice : { type: 'function', function: { name: choice.name } } }),
    ...(task.oneToolCall && { parallel_tool_calls: false }),
  }
}
