import { z } from 'zod'
import type { AnswerForm, ExchangeContext } from '../dialect.ts'
import { readEngineError } from '../engine-failure.ts'
import { type ModelEvent, unknownUsage } from '../events.ts'
import { jsonObject } from '../form.ts'
import { maxMessages, maxToolCalls } from '../limits.ts'
import { badAnswer } from '../stream/reader.ts'
import { readStop, readUsage, usage } from './usage.ts'

const block = z.union([
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('thinking'), thinking: z.string(), signature: z.string().nullish() }),
  z.object({ type: z.literal('tool_use'), id: z.string(), name: z.string().min(1), input: jsonObject.nullish() }),
  z.object({ type: z.string() }),
])

const words = z.string().nullish()
const delta = z.object({ text: words, thinking: words, signature: words, partial_json: words, stop_reason: words, stop_sequence: words })

const event = z.object({
  type: z.string(),
  index: z.number().int().nonnegative().nullish(),
  message: z.object({ usage }).nullish(),
  content_block: block.nullish(),
  delta: delta.nullish(),
  usage,
})

const document = z.object({ content: z.array(block).max(maxMessages), stop_reason: words, stop_sequence: words, usage })

/** What engines answer at `/v1/messages`. */
export function createMessagesAnswer({ newId }: Pick<ExchangeContext, 'newId'>): AnswerForm {
  /** Place of a block → number of the tool call in it. */
  const calls = new Map<number, number>()
  let told = unknownUsage
  let stop: string | null = null
  let stopText: string | null = null

  const end = (): ModelEvent[] => (stop === null ? [] : [{ type: 'end', reason: readStop(stop), stopText, usage: told, timing: null }])

  /** A block begins; in a whole answer, and with some engines, all of it is in its beginning. */
  function begin(place: number, given: z.infer<typeof block>, isAll: boolean): ModelEvent[] {
    if ('text' in given) return given.text === '' ? [] : [{ type: 'text', text: given.text }]
    if ('thinking' in given) return thought(given.thinking, given.signature)
    if (!('name' in given)) return []
    if (calls.size >= maxToolCalls) throw badAnswer('it calls more tools than are taken')
    const index = calls.size
    calls.set(place, index)
    const begun: ModelEvent = { type: 'tool-call', index, id: given.id || `toolu_${newId()}`, name: given.name }
    const input = given.input ?? {}
    return isAll || Object.keys(input).length > 0 ? [begun, { type: 'tool-arguments', index, text: JSON.stringify(input) }] : [begun]
  }

  function thought(text: string, signature: string | null | undefined): ModelEvent[] {
    const events: ModelEvent[] = text === '' ? [] : [{ type: 'thinking', text }]
    return signature ? [...events, { type: 'signature', text: signature }] : events
  }

  function grow(place: number, given: z.infer<typeof delta>): ModelEvent[] {
    if (given.text) return [{ type: 'text', text: given.text }]
    if (given.thinking || given.signature) return thought(given.thinking ?? '', given.signature)
    const index = calls.get(place)
    return given.partial_json && index !== undefined ? [{ type: 'tool-arguments', index, text: given.partial_json }] : []
  }

  return {
    frame(data) {
      const given = event.parse(data)
      switch (given.type) {
        case 'message_start':
          told = readUsage(given.message?.usage, told)
          return []
        case 'content_block_start':
          return given.content_block ? begin(given.index ?? 0, given.content_block, false) : []
        case 'content_block_delta':
          return given.delta ? grow(given.index ?? 0, given.delta) : []
        case 'message_delta':
          stop = given.delta?.stop_reason ?? stop
          stopText = given.delta?.stop_sequence ?? stopText
          told = readUsage(given.usage, told)
          return []
        case 'message_stop':
          stop ??= 'end_turn'
          return end()
        case 'error':
          return [{ type: 'error', error: readEngineError(null, data) }]
        default:
          return [] // ping, the end of a block, and whatever comes next
      }
    },
    document(data) {
      const given = document.parse(data)
      if (!given.stop_reason) throw badAnswer('it has no end')
      stop = given.stop_reason
      stopText = given.stop_sequence ?? null
      told = readUsage(given.usage, told)
      return [...given.content.flatMap((one, place) => begin(place, one, true)), ...end()]
    },
    close: end,
  }
}
