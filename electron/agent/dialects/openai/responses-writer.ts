import type { AnswerWriter, ExchangeContext } from '../dialect.ts'
import type { EndReason, ModelEvent, Usage } from '../events.ts'
import { jsonObject } from '../form.ts'
import { eventStreamType, jsonType, serverEvent } from '../stream/frames.ts'
import { responsesError } from './error-body.ts'
import { itemBegins, itemEnds, itemGrows, itemView, type NamedEvent, type ResponseItem } from './responses-items.ts'

interface ResponsesWriterOptions {
  /** The program’s request: the answer repeats what it asked for. */
  body: unknown
  model: string
  stream: boolean
}

/** What the answer says again of the request. */
const repeated = {
  instructions: null,
  tools: [],
  tool_choice: 'auto',
  parallel_tool_calls: true,
  temperature: null,
  top_p: null,
  max_output_tokens: null,
  reasoning: null,
  text: { format: { type: 'text' } },
  metadata: {},
}

const prefixes = { reasoning: 'rs', message: 'msg', function_call: 'fc' } as const

/** Writes an answer as a `response`: its events, or the whole of it. */
export function createResponsesWriter({ body, model, stream }: ResponsesWriterOptions, { now, newId }: ExchangeContext): AnswerWriter {
  const asked = jsonObject.safeParse(body).data ?? {}
  const base = {
    id: `resp_${newId()}`,
    object: 'response',
    created_at: Math.floor(now() / 1000),
    model,
    previous_response_id: null,
    truncation: 'disabled',
    store: false,
    background: false,
    ...Object.fromEntries(Object.entries(repeated).map(([field, usual]) => [field, asked[field] ?? usual])),
  }
  const items: ResponseItem[] = []
  let open: ResponseItem | null = null
  let sequence = 0
  let hasBegun = false
  let whole: unknown = null

  const view = (status: string, usage: unknown = null, incomplete: unknown = null) => ({
    ...base,
    status,
    error: null,
    incomplete_details: incomplete,
    output: items.map((item) => itemView(item, 'completed')),
    usage,
  })

  function told(events: readonly NamedEvent[]): string {
    const written = events.map(([type, data]) => serverEvent({ type, sequence_number: sequence++, ...data }, type))
    return stream ? written.join('') : ''
  }

  function close(): NamedEvent[] {
    const item = open
    open = null
    return item === null ? [] : itemEnds(item)
  }

  /** The item that such an event belongs to: the open one, or a new one. */
  function itemFor(kind: ResponseItem['kind'], callId = '', name = ''): [ResponseItem, NamedEvent[]] {
    if (open !== null && open.kind === kind && kind !== 'function_call') return [open, []]
    const ended = close()
    open = { kind, id: `${prefixes[kind]}_${newId()}`, place: items.length, text: '', callId, name }
    items.push(open)
    return [open, [...ended, ...itemBegins(open)]]
  }

  function grow(item: ResponseItem, text: string): NamedEvent {
    item.text += text
    return itemGrows(item, text)
  }

  function eventsOf(event: ModelEvent): NamedEvent[] {
    switch (event.type) {
      case 'text':
      case 'thinking': {
        const [item, begun] = itemFor(event.type === 'text' ? 'message' : 'reasoning')
        return [...begun, grow(item, event.text)]
      }
      case 'tool-call':
        return itemFor('function_call', event.id, event.name)[1]
      case 'tool-arguments':
        return open === null ? [] : [grow(open, event.text)]
      case 'end': {
        const ended = close()
        const incomplete = incompleteFor(event.reason)
        const status = incomplete === null ? 'completed' : 'incomplete'
        const response = view(status, usageView(event.usage), incomplete)
        whole = response
        return [...ended, [`response.${status}`, { response }]]
      }
      case 'error':
        return [['error', { ...responsesError(event.error) }]]
      case 'signature':
      case 'vectors':
        return []
    }
  }

  return {
    contentType: stream ? eventStreamType : jsonType,
    push(event) {
      const opening: NamedEvent[] = hasBegun
        ? []
        : [
            ['response.created', { response: view('in_progress') }],
            ['response.in_progress', { response: view('in_progress') }],
          ]
      hasBegun = true
      const text = told([...opening, ...eventsOf(event)])
      return stream || event.type !== 'end' ? text : JSON.stringify(whole)
    },
  }
}

function incompleteFor(reason: EndReason): { reason: string } | null {
  if (reason === 'length') return { reason: 'max_output_tokens' }
  return reason === 'refusal' ? { reason: 'content_filter' } : null
}

/** Programs do not take an end without counts: the form has no word for “not counted”. */
function usageView({ input, output, cached }: Usage): object {
  return {
    input_tokens: input ?? 0,
    input_tokens_details: { cached_tokens: cached ?? 0 },
    output_tokens: output ?? 0,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: (input ?? 0) + (output ?? 0),
  }
}
