import { z } from 'zod'
import type { AnswerForm } from '../dialect.ts'
import type { EndReason, ModelEvent, Timing } from '../events.ts'
import { unknownUsage } from '../events.ts'
import { readEngineError } from '../engine-failure.ts'
import { maxToolCalls } from '../limits.ts'
import { badAnswer } from '../stream/reader.ts'
import { callPiece, createCallPieces } from './call-pieces.ts'
import { readFinish, readTimings, readUsage, timings, usage } from './usage.ts'

const words = z.string().nullish()
const saying = z.object({
  content: words,
  refusal: words,
  /** Two names for what a model thinks; OpenAI itself does not show it. */
  reasoning_content: words,
  reasoning: words,
  tool_calls: z.array(callPiece).max(maxToolCalls).nullish(),
})
const choice = z.object({ delta: saying.nullish(), message: saying.nullish(), finish_reason: words })
const answer = z.object({ choices: z.array(choice).nullish(), usage, timings, error: z.unknown().optional() })

/** What engines answer at `/v1/chat/completions`. */
export function createChatAnswer(newId: () => string): AnswerForm {
  const calls = createCallPieces(newId)
  let finish: string | null = null
  let told = unknownUsage
  let timing: Timing | null = null

  const end = (reason: EndReason): ModelEvent => ({ type: 'end', reason, stopText: null, usage: told, timing })
  const close = (): ModelEvent[] => (finish === null ? [] : [end(readFinish(finish, calls.count > 0))])

  function read(data: unknown): ModelEvent[] {
    const given = answer.parse(data)
    if (given.error !== undefined && given.error !== null) return [{ type: 'error', error: readEngineError(null, data) }]
    if (given.usage) told = readUsage(given.usage)
    timing = readTimings(given.timings) ?? timing
    const first = given.choices?.[0]
    if (first?.finish_reason) finish = first.finish_reason
    const said = first?.delta ?? first?.message
    if (!said) return []
    const events: ModelEvent[] = []
    const thinking = said.reasoning_content ?? said.reasoning
    if (thinking) events.push({ type: 'thinking', text: thinking })
    if (said.content) events.push({ type: 'text', text: said.content })
    if (said.refusal) events.push({ type: 'text', text: said.refusal })
    for (const [place, piece] of (said.tool_calls ?? []).entries()) events.push(...calls.read(piece, place))
    return events
  }

  return {
    frame: (data) => (data === '[DONE]' ? [end(readFinish(finish ?? 'stop', calls.count > 0))] : read(data)),
    document(data) {
      const events = read(data)
      if (events.some(({ type }) => type === 'error')) return events
      if (finish === null) throw badAnswer('it has no end')
      return [...events, ...close()]
    },
    close,
  }
}
