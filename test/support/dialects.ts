import type { ExchangeContext, WorkCall, WorkOperation } from '../../electron/agent/dialects/dialect.ts'
import type { ModelEvent } from '../../electron/agent/dialects/events.ts'
import { createExchange } from '../../electron/agent/dialects/exchange.ts'
import { forms } from '../../electron/agent/dialects/forms.ts'
import { createDocumentReader, createStreamReader } from '../../electron/agent/dialects/stream/reader.ts'

/** Ids that are counted, and a clock that stands at 2026-01-02 03:04:05 UTC and goes on a second each time it is read. */
export function testContext(): ExchangeContext {
  let ids = 0
  let time = Date.UTC(2026, 0, 2, 3, 4, 5) - 1000
  return { newId: () => `id${++ids}`, now: () => (time += 1000) }
}

export const workCall = (operation: WorkOperation): WorkCall => ({
  kind: 'work',
  dialect: operation.split('.')[0] as WorkCall['dialect'],
  operation,
})

/** A request to an engine that has these calls; the model is called `engine-model` there. */
export function exchangeOf(operation: WorkOperation, body: unknown, operations: readonly WorkOperation[], model = 'engine-model') {
  const raw = Buffer.from(JSON.stringify(body))
  return createExchange({ call: workCall(operation), raw, body, engine: { operations: new Set(operations), model } }, testContext())
}

/** What an engine's whole stream means. */
export function readStream(operation: WorkOperation, pieces: readonly Uint8Array[]): ModelEvent[] {
  const { framing, createAnswer } = forms[operation]
  const reader = createStreamReader(framing, createAnswer(testContext()))
  return [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()]
}

/** What an engine's whole document means. */
export function readDocument(operation: WorkOperation, document: unknown): ModelEvent[] {
  const reader = createDocumentReader(forms[operation].createAnswer(testContext()))
  return [...reader.push(Buffer.from(JSON.stringify(document))), ...reader.end()]
}

/** All an answer says, with neighbouring pieces joined: what must be the same however it was cut and written. */
export function meaningOf(events: readonly ModelEvent[]) {
  const joined: ModelEvent[] = []
  for (const event of events) {
    const last = joined.at(-1)
    const isSame =
      (event.type === 'text' || event.type === 'thinking' || event.type === 'signature') && last?.type === event.type
        ? true
        : event.type === 'tool-arguments' && last?.type === 'tool-arguments' && last.index === event.index
    if (isSame && last !== undefined && 'text' in last && 'text' in event)
      joined[joined.length - 1] = { ...last, text: last.text + event.text }
    else joined.push(event)
  }
  return joined
}

/** Bytes cut at the given places. */
export function cutAt(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ordered = [...new Set(places.map((place) => place % (bytes.length + 1)))].toSorted((a, b) => a - b)
  return [...ordered, bytes.length].map((end, index) => bytes.subarray(ordered[index - 1] ?? 0, end))
}

/** The JSON of each server-sent event. */
export const eventsIn = (text: string): unknown[] =>
  text
    .split('\n\n')
    .flatMap((event) => /^data: (.*)$/mu.exec(event)?.[1] ?? [])
    .map((data): unknown => (data === '[DONE]' ? data : JSON.parse(data)))

/** The JSON of each line. */
export const linesIn = (text: string): unknown[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line))
