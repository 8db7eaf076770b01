import { z } from 'zod'
import { flag, jsonObject, name, number, readForm, said, stopTexts, untranslatable } from '../form.ts'
import { maxMessages, maxTools } from '../limits.ts'
import { textParts, userMessages, withToolResults } from '../parts.ts'
import { readEffort } from '../openai/sampling.ts'
import { toolOf } from '../openai/tools.ts'
import type { AnswerFormat, ChatTask, Effort, Message, Sampling, Tool, ToolChoice } from '../task.ts'
import { assistantParts, blocks, systemText, userParts } from './blocks.ts'

const kind = z.object({ type: z.string() })
const message = z.object({ role: z.enum(['user', 'assistant', 'system']), content: blocks })

const tool = z.union([
  z.object({
    type: z.literal('custom').nullish(),
    name,
    description: z.string().nullish(),
    input_schema: jsonObject,
  }),
  kind,
])

const choice = z.object({ type: z.enum(['auto', 'any', 'tool', 'none']), name: name.nullish(), disable_parallel_tool_use: flag })

const format = z.union([z.object({ type: z.literal('json_schema'), schema: jsonObject }), kind])

const request = z.object({
  model: name,
  stream: flag,
  system: blocks.nullish(),
  messages: z.array(message).min(1).max(maxMessages),
  tools: z.array(tool).max(maxTools).nullish(),
  tool_choice: choice.nullish(),
  thinking: z.object({ type: z.string() }).nullish(),
  output_config: z.object({ effort: z.string().nullish(), format: format.nullish() }).nullish(),
  output_format: format.nullish(),
  mcp_servers: z.array(z.unknown()).max(maxTools).nullish(),
  max_tokens: number,
  temperature: number,
  top_p: number,
  top_k: number,
  stop_sequences: stopTexts,
})
type Request = z.infer<typeof request>

/** Reads what a program asks of `/v1/messages`. */
export function readMessagesTask(body: unknown): ChatTask {
  const given = readForm(request, body)
  if (given.mcp_servers?.length) throw untranslatable('Tools that the server fetches (mcp_servers)')
  const effort = effortOf(given)
  const system = systemText(given.system ?? [])
  return {
    kind: 'chat',
    model: given.model,
    stream: given.stream ?? false,
    messages: withToolResults([
      ...(system.length > 0 ? [{ role: 'system' as const, parts: system }] : []),
      ...given.messages.flatMap(readMessage),
    ]),
    tools: (given.tools ?? []).map(readTool),
    toolChoice: readChoice(given.tool_choice),
    oneToolCall: given.tool_choice?.disable_parallel_tool_use ?? false,
    format: readFormat(given.output_config?.format ?? given.output_format),
    ...(effort !== undefined && { effort }),
    sampling: said({
      maxTokens: given.max_tokens,
      temperature: given.temperature,
      topP: given.top_p,
      topK: given.top_k,
      stop: given.stop_sequences,
    }) as Sampling,
  }
}

function readMessage({ role, content }: z.infer<typeof message>): Message[] {
  switch (role) {
    case 'system':
      return [{ role, parts: systemText(content) }]
    case 'assistant':
      return [{ role, parts: assistantParts(content) }]
    case 'user': {
      const messages = userMessages(userParts(content))
      return messages.length === 0 ? [{ role, parts: textParts('') }] : messages
    }
  }
}

function readTool(given: z.infer<typeof tool>): Tool {
  if ('input_schema' in given) return toolOf({ name: given.name, description: given.description, parameters: given.input_schema })
  throw untranslatable(`A tool of the kind “${given.type?.slice(0, 40) ?? ''}”, which the server brings,`)
}

function readChoice(given: z.infer<typeof choice> | null | undefined): ToolChoice {
  switch (given?.type) {
    case undefined:
    case 'auto':
      return 'auto'
    case 'none':
      return 'none'
    case 'any':
      return 'required'
    case 'tool':
      return given?.name ? { name: given.name } : 'required'
  }
}

function readFormat(given: z.infer<typeof format> | null | undefined): AnswerFormat | null {
  if (given === null || given === undefined) return null
  if ('schema' in given) return { type: 'schema', name: 'answer', schema: given.schema }
  throw untranslatable(`An answer of the form “${given.type.slice(0, 40)}”`)
}

/** How much to think: its own word for it, else whether at all. */
function effortOf({ thinking, output_config: output }: Request): Effort | undefined {
  if (thinking?.type === 'disabled') return 'none'
  const wished = readEffort(output?.effort)
  if (wished !== undefined) return wished
  return thinking === null || thinking === undefined ? undefined : 'on'
}
