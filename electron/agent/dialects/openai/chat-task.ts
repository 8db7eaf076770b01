import { z } from 'zod'
import { flag, jsonObject, name, number, readForm, untranslatable } from '../form.ts'
import { maxMessages, maxToolCalls } from '../limits.ts'
import { textParts, withToolResults } from '../parts.ts'
import type { AnswerFormat, ChatTask, Message, TextPart, ThinkingPart, ToolCallPart } from '../task.ts'
import { content, readContent, readText } from './content.ts'
import { readEffort, readSampling, samplingFields } from './sampling.ts'
import { readToolChoice, readTools, toolChoice, tools } from './tools.ts'

const toolCall = z.object({ id: z.string().max(512), function: z.object({ name, arguments: z.string() }) })

const message = z.discriminatedUnion('role', [
  z.object({ role: z.enum(['system', 'developer']), content }),
  z.object({ role: z.literal('user'), content }),
  z.object({
    role: z.literal('assistant'),
    content,
    tool_calls: z.array(toolCall).max(maxToolCalls).nullish(),
    reasoning_content: z.string().nullish(),
    reasoning: z.string().nullish(),
  }),
  z.object({ role: z.literal('tool'), content, tool_call_id: z.string().max(512) }),
])

const format = z.union([
  z.object({ type: z.enum(['text', 'json_object']) }),
  z.object({ type: z.literal('json_schema'), json_schema: z.object({ name: z.string().max(512).nullish(), schema: jsonObject }) }),
])

const request = z.object({
  model: name,
  stream: flag,
  messages: z.array(message).min(1).max(maxMessages),
  tools,
  tool_choice: toolChoice,
  parallel_tool_calls: flag,
  response_format: format.nullish(),
  reasoning_effort: z.string().nullish(),
  n: number,
  modalities: z.array(z.string()).max(16).nullish(),
  functions: z.array(z.unknown()).max(maxToolCalls).nullish(),
  ...samplingFields,
})

/** Reads what a program asks of `/v1/chat/completions`. */
export function readChatTask(body: unknown): ChatTask {
  const given = readForm(request, body)
  if ((given.n ?? 1) !== 1) throw untranslatable('More than one answer (n)')
  if (given.modalities?.some((kind) => kind !== 'text')) throw untranslatable('An answer that is more than text (modalities)')
  if (given.functions !== null && given.functions !== undefined) throw untranslatable('The old form of tools (functions)')
  const effort = readEffort(given.reasoning_effort)
  return {
    kind: 'chat',
    model: given.model,
    stream: given.stream ?? false,
    messages: withToolResults(given.messages.map(readMessage)),
    tools: readTools(given.tools),
    toolChoice: readToolChoice(given.tool_choice),
    oneToolCall: given.parallel_tool_calls === false,
    format: readFormat(given.response_format),
    ...(effort !== undefined && { effort }),
    sampling: readSampling(given),
  }
}

function readMessage(given: z.infer<typeof message>): Message {
  switch (given.role) {
    case 'system':
    case 'developer':
      return { role: 'system', parts: readText(given.content) }
    case 'user':
      return { role: 'user', parts: readContent(given.content) }
    case 'assistant':
      return { role: 'assistant', parts: assistantParts(given) }
    case 'tool':
      return {
        role: 'tool',
        parts: [{ type: 'tool-result', id: given.tool_call_id, name: null, content: readContent(given.content), isError: false }],
      }
  }
}

function assistantParts(given: Extract<z.infer<typeof message>, { role: 'assistant' }>): (TextPart | ThinkingPart | ToolCallPart)[] {
  const thinking = textParts(given.reasoning_content ?? given.reasoning)
  return [
    ...thinking.map(({ text }): ThinkingPart => ({ type: 'thinking', text, signature: '' })),
    ...readText(given.content),
    ...(given.tool_calls ?? []).map((call): ToolCallPart => ({
      type: 'tool-call',
      id: call.id,
      name: call.function.name,
      arguments: call.function.arguments,
    })),
  ]
}

function readFormat(given: z.infer<typeof format> | null | undefined): AnswerFormat | null {
  if (given === null || given === undefined) return null
  if ('json_schema' in given) return { type: 'schema', name: given.json_schema.name ?? 'answer', schema: given.json_schema.schema }
  return given.type === 'text' ? null : { type: 'json' }
}
