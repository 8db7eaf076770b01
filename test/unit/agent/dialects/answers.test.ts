import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCallOrder } from '../../../../electron/agent/dialects/calls-in-order.ts'
import type { WorkOperation } from '../../../../electron/agent/dialects/dialect.ts'
import type { EndReason, ModelEvent } from '../../../../electron/agent/dialects/events.ts'
import { forms } from '../../../../electron/agent/dialects/forms.ts'
import { meaningOf, readDocument, readStream, testContext } from '../../../support/dialects.ts'

const text = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
const usage = fc.record({ input: fc.nat(10_000), output: fc.nat(10_000), cached: fc.constant(null) })

/** Answers as models give them: thoughts, then text, then tool calls. */
const answers = fc
  .record({
    thoughts: fc.array(text, { maxLength: 3 }),
    words: fc.array(text, { maxLength: 5 }),
    calls: fc.array(
      fc.record({
        name: text,
        given: fc.dictionary(
          text.filter((key) => key !== '__proto__'),
          fc.oneof(fc.integer(), text),
        ),
      }),
      { maxLength: 3 },
    ),
    reason: fc.constantFrom<EndReason>('stop', 'length'),
    usage,
  })
  .map(({ thoughts, words, calls, reason, usage: counted }): ModelEvent[] => [
    ...thoughts.map((one): ModelEvent => ({ type: 'thinking', text: one })),
    ...words.map((one): ModelEvent => ({ type: 'text', text: one })),
    ...calls.flatMap(({ name, given }, index): ModelEvent[] => [
      { type: 'tool-call', index, id: `call_${index}`, name },
      { type: 'tool-arguments', index, text: JSON.stringify(given) },
    ]),
    { type: 'end', reason: calls.length > 0 ? 'tools' : reason, stopText: null, usage: counted, timing: null },
  ])

const chats: WorkOperation[] = ['openai.chat', 'ollama.chat', 'anthropic.messages']

/** An answer written for a program that speaks this dialect. */
function written(operation: WorkOperation, events: readonly ModelEvent[], stream: boolean): string {
  const body = { stream, stream_options: { include_usage: true } }
  const writer = forms[operation].createWriter({ body, model: 'm', stream }, testContext())
  return events
    .flatMap(createCallOrder())
    .map((event) => writer.push(event))
    .join('')
}

/** Only Ollama tells times. */
const withoutTimes = (events: readonly ModelEvent[]) => events.map((event) => (event.type === 'end' ? { ...event, timing: null } : event))

describe('an answer', () => {
  it.each(chats)('that is streamed in %s says what the model said', (operation) => {
    fc.assert(
      fc.property(answers, (events) => {
        const read = readStream(operation, [Buffer.from(written(operation, events, true))])
        expect(withoutTimes(meaningOf(read))).toEqual(meaningOf(events))
      }),
    )
  })

  it.each(chats)('that is whole in %s says what the model said', (operation) => {
    fc.assert(
      fc.property(answers, (events) => {
        const read = readDocument(operation, JSON.parse(written(operation, events, false)))
        expect(withoutTimes(meaningOf(read))).toEqual(meaningOf(events))
      }),
    )
  })

  it('never cuts a line or an event: each piece that is written is whole', () => {
    fc.assert(
      fc.property(fc.constantFrom(...chats), answers, (operation, events) => {
        const writer = forms[operation].createWriter({ body: {}, model: 'm', stream: true }, testContext())
        for (const event of events.flatMap(createCallOrder())) {
          const piece = writer.push(event)
          if (piece !== '') expect(piece.endsWith(operation === 'ollama.chat' ? '\n' : '\n\n')).toBe(true)
        }
      }),
    )
  })
})
