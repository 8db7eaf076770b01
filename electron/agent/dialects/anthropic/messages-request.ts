import { said, shownArguments, untranslatable } from '../form.ts'
import type { AnswerFormat, ChatTask, ContentPart, Effort, Message, Part, ToolChoice } from '../task.ts'

/** Anthropic’s dialect knows no “as many as it takes”. */
const usualMaxTokens = 8192
/** Tokens for thinking; the dialect wants a number, at least 1024 and below those of the answer. */
const thinkingTokens: Record<Exclude<Effort, 'none'>, number> = { low: 1024, medium: 4096, on: 4096, high: 16_384 }
const leastThinking = 1024

/** What an engine is asked at `/v1/messages`. */
export function writeMessagesRequest(task: ChatTask): string {
  const { sampling } = task
  const maxTokens = sampling.maxTokens ?? usualMaxTokens
  const system = task.messages.flatMap(({ role, parts }) => (role === 'system' ? parts.flatMap(writePart) : []))
  return JSON.stringify({
    model: task.model,
    ...(system.length > 0 && { system }),
    messages: writeMessages(task.messages),
    stream: task.stream,
    ...toolFields(task),
    ...(task.format !== null && { output_config: { format: writeFormat(task.format) } }),
    ...said({ thinking: writeThinking(task.effort, maxTokens) }),
    max_tokens: maxTokens,
    ...said({ temperature: sampling.temperature, top_p: sampling.topP, top_k: sampling.topK, stop_sequences: sampling.stop }),
  })
}

/** What is said one after the other by the same side is one message; results of tools are said by the user. */
function writeMessages(messages: readonly Message[]): unknown[] {
  const written: { role: 'user' | 'assistant'; content: unknown[] }[] = []
  for (const { role, parts } of messages) {
    if (role === 'system') continue
    const side = role === 'assistant' ? 'assistant' : 'user'
    const content = parts.flatMap(writePart)
    const last = written.at(-1)
    if (last?.role === side) last.content.push(...content)
    else if (content.length > 0) written.push({ role: side, content })
  }
  return written
}

function writePart(part: Part): unknown[] {
  switch (part.type) {
    case 'text':
      return [{ type: 'text', text: part.text }]
    case 'image':
      return [{ type: 'image', source: { type: 'base64', media_type: part.mediaType, data: part.data } }]
    case 'image-link':
      return [{ type: 'image', source: { type: 'url', url: part.url } }]
    case 'thinking':
      return part.signature === '' ? [] : [{ type: 'thinking', thinking: part.text, signature: part.signature }]
    case 'tool-call':
      return [{ type: 'tool_use', id: part.id, name: part.name, input: shownArguments(part.name, part.arguments) }]
    case 'tool-result':
      return [
        {
          type: 'tool_result',
          tool_use_id: part.id,
          content: part.content.flatMap((inner: ContentPart) => writePart(inner)),
          ...(part.isError && { is_error: true }),
        },
      ]
  }
}

function toolFields({ tools, toolChoice, oneToolCall }: ChatTask): object {
  if (tools.length === 0) return {}
  const choice = writeChoice(toolChoice)
  return {
    tools: tools.map(({ name, description, parameters }) => ({ name, ...said({ description }), input_schema: parameters })),
    ...((oneToolCall || toolChoice !== 'auto') && {
      tool_choice: { ...choice, ...(oneToolCall && toolChoice !== 'none' && { disable_parallel_tool_use: true }) },
    }),
  }
}

function writeChoice(choice: ToolChoice): object {
  if (typeof choice === 'object') return { type: 'tool', name: choice.name }
  return { type: choice === 'required' ? 'any' : choice }
}

function writeFormat(format: AnswerFormat): object {
  if (format.type === 'json') throw untranslatable('JSON without a schema')
  return { type: 'json_schema', schema: format.schema }
}

function writeThinking(effort: Effort | undefined, maxTokens: number): object | undefined {
  if (effort === undefined) return undefined
  if (effort === 'none') return { type: 'disabled' }
  const tokens = Math.min(thinkingTokens[effort], Math.floor(maxTokens / 2))
  return tokens < leastThinking ? undefined : { type: 'enabled', budget_tokens: tokens }
}
