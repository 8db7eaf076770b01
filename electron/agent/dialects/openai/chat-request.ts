import { said } from '../form.ts'
import { textOf, thinkingOf, toolCallsOf } from '../parts.ts'
import type { AnswerFormat, ChatTask, Message } from '../task.ts'
import { writeContent } from './content.ts'
import { writeSampling } from './sampling.ts'
import { toolFields } from './tools.ts'

/** What an engine is asked at `/v1/chat/completions`. Usage is always asked for: it is counted here. */
export function writeChatRequest(task: ChatTask): string {
  const { effort } = task
  return JSON.stringify({
    model: task.model,
    messages: task.messages.flatMap(writeMessage),
    stream: task.stream,
    ...(task.stream && { stream_options: { include_usage: true } }),
    ...toolFields(task),
    ...(task.format !== null && { response_format: writeFormat(task.format) }),
    ...(effort !== undefined && effort !== 'on' && { reasoning_effort: effort }),
    ...writeSampling(task.sampling),
  })
}

function writeMessage(message: Message): unknown[] {
  switch (message.role) {
    case 'system':
      return [{ role: 'system', content: textOf(message.parts) }]
    case 'user':
      return [{ role: 'user', content: writeContent(message.parts) }]
    case 'assistant':
      return [writeAssistant(message)]
    case 'tool':
      return message.parts.map(({ id, content }) => ({ role: 'tool', tool_call_id: id, content: writeContent(content) }))
  }
}

function writeAssistant({ parts }: Extract<Message, { role: 'assistant' }>): unknown {
  const text = textOf(parts)
  const calls = toolCallsOf(parts)
  return {
    role: 'assistant',
    content: text === '' && calls.length > 0 ? null : text,
    ...said({ reasoning_content: thinkingOf(parts) || null }),
    ...(calls.length > 0 && {
      tool_calls: calls.map((call) => ({
        id: call.id,
        type: 'function',
        function: { name: call.name, arguments: call.arguments || '{}' },
      })),
    }),
  }
}

const writeFormat = (format: AnswerFormat): unknown =>
  format.type === 'json' ? { type: 'json_object' } : { type: 'json_schema', json_schema: { name: format.name, schema: format.schema } }
