import type { AnswerWriter, ExchangeContext } from '../dialect.ts'
import type { EndReason, ModelEvent } from '../events.ts'
import { failureEvent } from '../failure.ts'
import { argumentsObject } from '../form.ts'
import { gather } from '../gather.ts'
import { jsonLine, jsonType, linesType } from '../stream/frames.ts'
import { badAnswer } from '../stream/reader.ts'

interface Said {
  text?: string
  thinking?: string
  calls?: readonly { id: string; name: string; arguments: string }[]
}

interface OllamaWriterOptions {
  operation: 'ollama.chat' | 'ollama.generate'
  model: string
  stream: boolean
}

const nanoseconds = (ms: number) => Math.max(0, Math.round(ms * 1e6))

/** Writes an answer as lines of JSON, or as one document. Tool calls are whole: they wait for all their arguments. */
export function createOllamaWriter({ operation, model, stream }: OllamaWriterOptions, { now }: ExchangeContext): AnswerWriter {
  const startedAt = now()
  let firstAt: number | null = null
  const gathered = gather()
  /** Calls that were written already. */
  let written = 0

  const head = () => ({ model, created_at: new Date(now()).toISOString() })

  /** The two calls answer alike, but for where the text is. */
  function saying({ text = '', thinking = '', calls = [] }: Said): object {
    const thoughts = thinking === '' ? {} : { thinking }
    if (operation === 'ollama.generate') return { response: text, ...thoughts }
    const toolCalls = calls.map((call, place) => {
      const value = argumentsObject(call.arguments)
      if (value === null) throw badAnswer('the arguments of a tool call are no JSON object')
      return { id: call.id, function: { index: written + place, name: call.name, arguments: value } }
    })
    return { message: { role: 'assistant', content: text, ...thoughts, ...(toolCalls.length > 0 && { tool_calls: toolCalls }) } }
  }

  const piece = (said: Said) => (stream ? jsonLine({ ...head(), ...saying(said), done: false }) : '')

  /** What Ollama tells at the end; what the engine does not tell is as it looks from here. */
  function facts({ reason, usage, timing }: Extract<ModelEvent, { type: 'end' }>): object {
    const end = now()
    return {
      done: true,
      done_reason: doneReason(reason),
      total_duration: nanoseconds(end - startedAt),
      load_duration: nanoseconds(timing?.load ?? 0),
      prompt_eval_count: usage.input ?? undefined,
      prompt_eval_duration: nanoseconds(timing?.prompt ?? (firstAt ?? end) - startedAt),
      eval_count: usage.output ?? undefined,
      eval_duration: nanoseconds(timing?.generation ?? end - (firstAt ?? end)),
    }
  }

  function eventsText(event: ModelEvent): string {
    switch (event.type) {
      case 'text':
        return piece({ text: event.text })
      case 'thinking':
        return piece({ thinking: event.text })
      case 'end':
        return finish(event)
      case 'error':
        return failureEvent(operation, event.error)
      case 'tool-call':
      case 'tool-arguments':
      case 'signature':
      case 'vectors':
        return ''
    }
  }

  function finish(event: Extract<ModelEvent, { type: 'end' }>): string {
    if (stream) return jsonLine({ ...head(), ...saying({}), ...facts(event) })
    const { text, thinking, calls } = gathered
    return JSON.stringify({ ...head(), ...saying({ text, thinking, calls }), ...facts(event) })
  }

  /** Calls that are whole, now that something else comes. */
  function wholeCalls(): string {
    const calls = gathered.calls.slice(written)
    if (!stream || calls.length === 0) return ''
    const text = piece({ calls })
    written += calls.length
    return text
  }

  return {
    contentType: stream ? linesType : jsonType,
    push(event) {
      firstAt ??= now()
      const before = event.type === 'tool-arguments' || event.type === 'error' ? '' : wholeCalls()
      gathered.push(event)
      return `${before}${eventsText(event)}`
    },
  }
}

function doneReason(reason: EndReason): string {
  switch (reason) {
    case 'length':
      return 'length'
    case 'load':
      return 'load'
    case 'stop':
    case 'tools':
    case 'refusal':
    case 'other':
      return 'stop'
  }
}
