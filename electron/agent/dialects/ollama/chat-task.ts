import { z } from 'zod'
import { flag, jsonObject, name, readForm } from '../form.ts'
import { maxMessages, maxToolCalls } from '../limits.ts'
import { plainChat, textParts, withToolResults } from '../parts.ts'
import { picture } from '../pictures.ts'
import { readTools, tools } from '../openai/tools.ts'
import type { ChatTask, LoadTask, Message, ToolCallPart } from '../task.ts'
import { format, keepAlive, options, readFormat, readOptions, readThink, think } from './options.ts'

const toolCall = z.object({ id: z.string().max(512).nullish(), function: z.object({ name, arguments: jsonObject.nullish() }) })

const message = z.object({
  role: z.enum(['system', 'user', 'assistant', 'tool']),
  content: z.string().nullish(),
  thinking: z.string().nullish(),
  images: z.array(z.string()).max(maxMessages).nullish(),
  tool_calls: z.array(toolCall).max(maxToolCalls).nullish(),
  tool_name: z.string().nullish(),
  /** The name that some clients use. */
  name: z.string().nullish(),
  tool_call_id: z.string().max(512).nullish(),
})
type Given = z.infer<typeof message>

const request = z.object({
  model: name,
  stream: flag,
  messages: z.array(message).max(maxMessages).nullish(),
  tools,
  format,
  options,
  think,
  keep_alive: keepAlive,
})

/** Reads what a program asks of `/api/chat`. Without messages it only wants the model in memory. */
export function readChatTask(body: unknown): ChatTask | LoadTask {
  const given = readForm(request, body)
  const stream = given.stream ?? true
  if ((given.messages ?? []).length === 0) return { kind: 'load', model: given.model, stream, keepAlive: given.keep_alive ?? null }
  const effort = readThink(given.think)
  return {
    ...plainChat(given.model, stream),
    messages: withToolResults(readMessages(given.messages ?? [])),
    tools: readTools(given.tools),
    format: readFormat(given.format),
    ...(effort !== undefined && { effort }),
    sampling: readOptions(given.options),
  }
}

/** Older clients give tool calls no ids: they get some, and each result that of the first call of its tool still without one. */
function readMessages(given: readonly Given[]): Message[] {
  let count = 0
  let pending: ToolCallPart[] = []

  const readCall = ({ id, function: called }: z.infer<typeof toolCall>): ToolCallPart => ({
    type: 'tool-call',
    id: id || `call_${count++}`,
    name: called.name,
    arguments: JSON.stringify(called.arguments ?? {}),
  })

  /** The call that a result answers. */
  function answered(result: Given): ToolCallPart | undefined {
    const tool = result.tool_name ?? result.name
    const call =
      pending.find(({ id }) => id === result.tool_call_id) ??
      pending.find(({ name: called }) => called === tool) ??
      (tool ? undefined : pending[0])
    pending = pending.filter((other) => other !== call)
    return call
  }

  return given.map((one): Message => {
    const text = textParts(one.content)
    const content = [...text, ...(one.images ?? []).map(picture)]
    switch (one.role) {
      case 'system':
        return { role: 'system', parts: text }
      case 'user':
        return { role: 'user', parts: content }
      case 'assistant': {
        const calls = (one.tool_calls ?? []).map(readCall)
        pending.push(...calls)
        const thinking = textParts(one.thinking).map((part) => ({ type: 'thinking' as const, text: part.text, signature: '' }))
        return { role: 'assistant', parts: [...thinking, ...text, ...calls] }
      }
      case 'tool': {
        const call = answered(one)
        const id = call?.id ?? one.tool_call_id ?? `call_${count++}`
        const tool = call?.name ?? one.tool_name ?? one.name ?? null
        return { role: 'tool', parts: [{ type: 'tool-result', id, name: tool, content, isError: false }] }
      }
    }
  })
}
