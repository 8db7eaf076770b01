import type { AnswerWriter, ExchangeContext } from '../dialect.ts'
import type { ModelEvent } from '../events.ts'
import { failureEvent } from '../failure.ts'
import { gather } from '../gather.ts'
import { eventStreamType, jsonType, serverEvent } from '../stream/frames.ts'
import { writeFinish, writeUsage } from './usage.ts'

interface ChatWriterOptions {
  model: string
  /** The program asked for a last event with the usage (`stream_options.include_usage`). */
  wantsUsage: boolean
}

/** Streams an answer as `chat.completion.chunk` events. */
export function createChatStream({ model, wantsUsage }: ChatWriterOptions, { now, newId }: ExchangeContext): AnswerWriter {
  const head = { id: `chatcmpl-${newId()}`, object: 'chat.completion.chunk', created: Math.floor(now() / 1000), model }
  let hasBegun = false

  function chunk(delta: object, finish: string | null = null): string {
    const choices = [{ index: 0, delta, logprobs: null, finish_reason: finish }]
    return serverEvent({ ...head, choices, ...(wantsUsage && { usage: null }) })
  }

  function piece(event: ModelEvent): string {
    switch (event.type) {
      case 'text':
        return chunk({ content: event.text })
      case 'thinking':
        return chunk({ reasoning_content: event.text })
      case 'tool-call': {
        const call = { index: event.index, id: event.id, type: 'function', function: { name: event.name, arguments: '' } }
        return chunk({ tool_calls: [call] })
      }
      case 'tool-arguments':
        return chunk({ tool_calls: [{ index: event.index, function: { arguments: event.text } }] })
      case 'end': {
        const usage = wantsUsage ? writeUsage(event.usage) : undefined
        const counted = usage === undefined ? '' : serverEvent({ ...head, choices: [], usage })
        return `${chunk({}, writeFinish(event.reason))}${counted}${serverEvent('[DONE]')}`
      }
      case 'error':
        return failureEvent('openai.chat', event.error)
      case 'signature':
      case 'vectors':
        return ''
    }
  }

  return {
    contentType: eventStreamType,
    push(event) {
      const first = hasBegun ? '' : chunk({ role: 'assistant', content: '' })
      hasBegun = true
      return `${first}${piece(event)}`
    },
  }
}

/** Writes an answer as one `chat.completion`. */
export function createChatDocument({ model }: { model: string }, { now, newId }: ExchangeContext): AnswerWriter {
  const gathered = gather()
  return {
    contentType: jsonType,
    push(event) {
      gathered.push(event)
      if (event.type !== 'end') return ''
      const { text, thinking, calls } = gathered
      const message = {
        role: 'assistant',
        content: text === '' && calls.length > 0 ? null : text,
        refusal: null,
        ...(thinking !== '' && { reasoning_content: thinking }),
        ...(calls.length > 0 && {
          tool_calls: calls.map((call) => ({ id: call.id, type: 'function', function: { name: call.name, arguments: call.arguments } })),
        }),
      }
      return JSON.stringify({
        id: `chatcmpl-${newId()}`,
        object: 'chat.completion',
        created: Math.floor(now() / 1000),
        model,
        choices: [{ index: 0, message, logprobs: null, finish_reason: writeFinish(event.reason) }],
        usage: writeUsage(event.usage),
      })
    },
  }
}
