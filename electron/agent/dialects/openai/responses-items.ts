/** The parts of a `response` that is being written: what the model thought, said, and called. */
export interface ResponseItem {
  kind: 'reasoning' | 'message' | 'function_call'
  id: string
  /** Place in the output. */
  place: number
  text: string
  /** Of a function call. */
  callId: string
  name: string
}

type Status = 'in_progress' | 'completed'

const textPart = (text: string) => ({ type: 'output_text', text, annotations: [], logprobs: [] })

export function itemView(item: ResponseItem, status: Status): Record<string, unknown> {
  const isDone = status === 'completed'
  switch (item.kind) {
    case 'reasoning':
      return { id: item.id, type: 'reasoning', summary: isDone ? [{ type: 'summary_text', text: item.text }] : [] }
    case 'message':
      return { id: item.id, type: 'message', status, role: 'assistant', content: isDone ? [textPart(item.text)] : [] }
    case 'function_call':
      return { id: item.id, type: 'function_call', status, call_id: item.callId, name: item.name, arguments: isDone ? item.text : '' }
  }
}

/** A named event of the stream. */
export type NamedEvent = [name: string, data: Record<string, unknown>]

export function itemBegins(item: ResponseItem): NamedEvent[] {
  const added: NamedEvent = ['response.output_item.added', { output_index: item.place, item: itemView(item, 'in_progress') }]
  switch (item.kind) {
    case 'reasoning': {
      const part = { type: 'summary_text', text: '' }
      return [added, ['response.reasoning_summary_part.added', { item_id: item.id, output_index: item.place, summary_index: 0, part }]]
    }
    case 'message': {
      const where = { item_id: item.id, output_index: item.place, content_index: 0 }
      return [added, ['response.content_part.added', { ...where, part: textPart('') }]]
    }
    case 'function_call':
      return [added]
  }
}

export function itemGrows(item: ResponseItem, delta: string): NamedEvent {
  const where = { item_id: item.id, output_index: item.place }
  switch (item.kind) {
    case 'reasoning':
      return ['response.reasoning_summary_text.delta', { ...where, summary_index: 0, delta }]
    case 'message':
      return ['response.output_text.delta', { ...where, content_index: 0, delta, logprobs: [] }]
    case 'function_call':
      return ['response.function_call_arguments.delta', { ...where, delta }]
  }
}

export function itemEnds(item: ResponseItem): NamedEvent[] {
  const where = { item_id: item.id, output_index: item.place }
  const done: NamedEvent = ['response.output_item.done', { output_index: item.place, item: itemView(item, 'completed') }]
  const { text } = item
  switch (item.kind) {
    case 'reasoning':
      return [
        ['response.reasoning_summary_text.done', { ...where, summary_index: 0, text }],
        ['response.reasoning_summary_part.done', { ...where, summary_index: 0, part: { type: 'summary_text', text } }],
        done,
      ]
    case 'message':
      return [
        ['response.output_text.done', { ...where, content_index: 0, text, logprobs: [] }],
        ['response.content_part.done', { ...where, content_index: 0, part: textPart(text) }],
        done,
      ]
    case 'function_call':
      return [['response.function_call_arguments.done', { ...where, name: item.name, arguments: text }], done]
  }
}
