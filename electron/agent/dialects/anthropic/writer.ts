import type { AnswerWriter, ExchangeContext } from '../dialect.ts'
import { type ModelEvent, unknownUsage } from '../events.ts'
import { failureEvent } from '../failure.ts'
import { argumentsObject } from '../form.ts'
import { gather } from '../gather.ts'
import { eventStreamType, jsonType, serverEvent } from '../stream/frames.ts'
import { badAnswer } from '../stream/reader.ts'
import { writeStop, writeUsage } from './usage.ts'

type Event = [type: string, fields?: object]
type BlockKind = 'text' | 'thinking' | 'tool_use'

const written = (events: readonly Event[]) => events.map(([type, fields]) => serverEvent({ type, ...fields }, type)).join('')

/** Streams an answer as the events of a message: blocks of thought, text and tool calls, one after the other. */
export function createMessageStream(model: string, { newId }: ExchangeContext): AnswerWriter {
  let hasBegun = false
  /** Place of the open block, or of the next. */
  let place = 0
  let open: BlockKind | null = null

  function start(): Event[] {
    if (hasBegun) return []
    hasBegun = true
    const message = { id: `msg_${newId()}`, type: 'message', role: 'assistant', model, content: [], stop_reason: null, stop_sequence: null }
    return [['message_start', { message: { ...message, usage: writeUsage(unknownUsage) } }]]
  }

  function close(): Event[] {
    if (open === null) return []
    open = null
    place += 1
    return [['content_block_stop', { index: place - 1 }]]
  }

  function begin(kind: BlockKind, block: object): Event[] {
    const closing = close()
    open = kind
    return [...closing, ['content_block_start', { index: place, content_block: { type: kind, ...block } }]]
  }

  const grow = (delta: object): Event => ['content_block_delta', { index: place, delta }]

  function eventsOf(event: ModelEvent): Event[] {
    switch (event.type) {
      case 'text':
        return [...(open === 'text' ? [] : begin('text', { text: '' })), grow({ type: 'text_delta', text: event.text })]
      case 'thinking': {
        const begun = open === 'thinking' ? [] : begin('thinking', { thinking: '', signature: '' })
        return [...begun, grow({ type: 'thinking_delta', thinking: event.text })]
      }
      case 'signature':
        return open === 'thinking' ? [grow({ type: 'signature_delta', signature: event.text })] : []
      case 'tool-call':
        return begin('tool_use', { id: event.id, name: event.name, input: {} })
      case 'tool-arguments':
        return [grow({ type: 'input_json_delta', partial_json: event.text })]
      case 'end': {
        const delta = { stop_reason: writeStop(event.reason, event.stopText), stop_sequence: event.stopText }
        return [...close(), ['message_delta', { delta, usage: writeUsage(event.usage) }], ['message_stop']]
      }
      case 'vectors':
      case 'error':
        return []
    }
  }

  return {
    contentType: eventStreamType,
    push: (event) => (event.type === 'error' ? failureEvent('anthropic.messages', event.error) : written([...start(), ...eventsOf(event)])),
  }
}

/** Writes an answer as one message. */
export function createMessageDocument(model: string, { newId }: ExchangeContext): AnswerWriter {
  const gathered = gather()

  function blocks(): object[] {
    const { thinking, signature, text, calls } = gathered
    return [
      ...(thinking === '' ? [] : [{ type: 'thinking', thinking, signature }]),
      ...(text === '' ? [] : [{ type: 'text', text }]),
      ...calls.map((call) => {
        const input = argumentsObject(call.arguments)
        if (input === null) throw badAnswer('the arguments of a tool call are no JSON object')
        return { type: 'tool_use', id: call.id, name: call.name, input }
      }),
    ]
  }

  return {
    contentType: jsonType,
    push(event) {
      gathered.push(event)
      if (event.type !== 'end') return ''
      return JSON.stringify({
        id: `msg_${newId()}`,
        type: 'message',
        role: 'assistant',
        model,
        content: blocks(),
        stop_reason: writeStop(event.reason, event.stopText),
        stop_sequence: event.stopText,
        usage: writeUsage(event.usage),
      })
    },
  }
}
