import { z } from 'zod'
import type { AnswerForm } from '../dialect.ts'
import { readEngineError } from '../engine-failure.ts'
import type { EndReason, ModelEvent, Timing, Usage } from '../events.ts'
import { jsonObject } from '../form.ts'
import { maxToolCalls } from '../limits.ts'
import { badAnswer } from '../stream/reader.ts'

const words = z.string().nullish()
const count = z.number().nonnegative().nullish()
const toolCall = z.object({ id: words, function: z.object({ name: z.string().min(1), arguments: jsonObject.nullish() }) })

/** A line of `/api/chat` and of `/api/generate`, and their whole answers. */
const line = z.object({
  error: z.unknown().optional(),
  response: words,
  thinking: words,
  message: z.object({ content: words, thinking: words, tool_calls: z.array(toolCall).max(maxToolCalls).nullish() }).nullish(),
  done: z.boolean().nullish(),
  done_reason: words,
  prompt_eval_count: count,
  eval_count: count,
  load_duration: count,
  prompt_eval_duration: count,
  eval_duration: count,
})
type Line = z.infer<typeof line>

const usageOf = (given: Line): Usage => ({ input: given.prompt_eval_count ?? null, output: given.eval_count ?? null, cached: null })

const milliseconds = (nanoseconds: number | null | undefined) => (typeof nanoseconds === 'number' ? nanoseconds / 1e6 : null)

function timingOf(given: Line): Timing | null {
  const timing = {
    load: milliseconds(given.load_duration),
    prompt: milliseconds(given.prompt_eval_duration),
    generation: milliseconds(given.eval_duration),
  }
  return timing.load === null && timing.prompt === null && timing.generation === null ? null : timing
}

function reasonOf(word: string | null | undefined, hasToolCalls: boolean): EndReason {
  switch (word) {
    case 'load':
    case 'unload':
      return 'load'
    case 'length':
      return 'length'
    case 'stop':
    case undefined:
    case null:
    case '':
      return hasToolCalls ? 'tools' : 'stop'
    default:
      return 'other'
  }
}

/** What engines answer at `/api/chat` and `/api/generate`. Tool calls come whole, and in older versions without ids. */
export function createOllamaAnswer(newId: () => string): AnswerForm {
  let calls = 0

  function eventsOfCall({ id, function: called }: z.infer<typeof toolCall>): ModelEvent[] {
    if (calls >= maxToolCalls) throw badAnswer('it calls more tools than are taken')
    const index = calls++
    return [
      { type: 'tool-call', index, id: id || `call_${newId()}`, name: called.name },
      { type: 'tool-arguments', index, text: JSON.stringify(called.arguments ?? {}) },
    ]
  }

  function read(data: unknown): ModelEvent[] {
    const given = line.parse(data)
    if (given.error !== undefined && given.error !== null) return [{ type: 'error', error: readEngineError(null, data) }]
    const events: ModelEvent[] = []
    const thinking = given.message?.thinking ?? given.thinking
    const text = given.message?.content ?? given.response
    if (thinking) events.push({ type: 'thinking', text: thinking })
    if (text) events.push({ type: 'text', text })
    events.push(...(given.message?.tool_calls ?? []).flatMap(eventsOfCall))
    if (given.done === true) {
      const reason = reasonOf(given.done_reason, calls > 0)
      events.push({ type: 'end', reason, stopText: null, usage: usageOf(given), timing: timingOf(given) })
    }
    return events
  }

  return {
    frame: read,
    document(data) {
      const events = read(data)
      const last = events.at(-1)?.type
      if (last !== 'end' && last !== 'error') throw badAnswer('it has no end')
      return events
    },
    close: () => [],
  }
}
