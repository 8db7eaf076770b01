import { said, shownArguments, untranslatable } from '../form.ts'
import { writeTools } from '../openai/tools.ts'
import { textOf, thinkingOf, toolCallsOf } from '../parts.ts'
import type { ChatTask, LoadTask, Message, Part } from '../task.ts'
import { writeFormat, writeOptions, writeThink } from './options.ts'

/** What an engine is asked at `/api/chat`. */
export function writeChatRequest(task: ChatTask): string {
  return JSON.stringify({
    model: task.model,
    messages: task.messages.flatMap(writeMessage),
    stream: task.stream,
    ...toolFields(task),
    format: writeFormat(task.format),
    think: writeThink(task.effort),
    options: writeOptions(task.sampling),
  })
}

/** Ollama can be given tools, or none; not be made to use one. That only one is wanted is seen to when it answers. */
function toolFields({ tools, toolChoice }: ChatTask): object {
  if (tools.length === 0 || toolChoice === 'none') return {}
  if (toolChoice !== 'auto') throw untranslatable('A call of a certain tool, or of any (tool_choice)')
  return { tools: writeTools(tools) }
}

function writeMessage(message: Message): unknown[] {
  const text = textOf(message.parts)
  switch (message.role) {
    case 'system':
      return [{ role: 'system', content: text }]
    case 'user':
      return [{ role: 'user', content: text, ...imagesOf(message.parts) }]
    case 'assistant': {
      const calls = toolCallsOf(message.parts)
      return [
        {
          role: 'assistant',
          content: text,
          ...said({ thinking: thinkingOf(message.parts) || null }),
          ...(calls.length > 0 && {
            tool_calls: calls.map((call, index) => ({
              id: call.id,
              function: { index, name: call.name, arguments: shownArguments(call.name, call.arguments) },
            })),
          }),
        },
      ]
    }
    case 'tool':
      return message.parts.map(({ id, name, content }) => ({
        role: 'tool',
        content: textOf(content),
        ...imagesOf(content),
        ...said({ tool_name: name }),
        tool_call_id: id,
      }))
  }
}

/** Pictures without their kind: Ollama looks itself. */
export function imagesOf(parts: readonly Part[]): { images?: string[] } {
  const images = parts.flatMap((part) => {
    if (part.type === 'image-link') throw untranslatable('A picture by its address')
    return part.type === 'image' ? [part.data] : []
  })
  return images.length === 0 ? {} : { images }
}

/** Brings a model into memory, or out of it. */
export const writeLoadRequest = ({ model, stream, keepAlive }: LoadTask): string =>
  JSON.stringify({ model, stream, ...said({ keep_alive: keepAlive }) })
