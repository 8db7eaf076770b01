import { FcnError } from '../errors.ts'
import { createCallOrder } from './calls-in-order.ts'
import type { AnswerPipe, AnswerReader, AnswerWriter } from './dialect.ts'
import type { ModelEvent } from './events.ts'
import { AnswerRecord } from './facts.ts'

interface TranslationParts {
  reader: AnswerReader
  writer: AnswerWriter
  /** The program gets a stream. */
  stream: boolean
  /** The program wants at most one tool call, whatever the engine makes of it. */
  oneToolCall: boolean
}

const nothing = Buffer.alloc(0)

const isFurtherCall = (event: ModelEvent) => (event.type === 'tool-call' || event.type === 'tool-arguments') && event.index > 0

/** An answer read in the engine’s dialect and written in the program’s. */
export function createTranslation({ reader, writer, stream, oneToolCall }: TranslationParts): AnswerPipe {
  const facts = new AnswerRecord()
  const inOrder = createCallOrder()
  let isOver = false

  /** One event in the program’s words. What cannot be said in them is the engine’s failure. */
  function written(event: ModelEvent): string {
    if (event.type === 'error') return lost(event.error)
    try {
      const text = writer.push(event)
      facts.note(event)
      facts.hasBegun ||= stream || event.type === 'end'
      isOver = event.type === 'end'
      return text
    } catch (thrown) {
      if (thrown instanceof FcnError) return lost(thrown)
      throw thrown
    }
  }

  function lost(error: FcnError): string {
    isOver = true
    facts.note({ type: 'error', error })
    return stream && facts.hasBegun ? writer.push({ type: 'error', error }) : ''
  }

  function through(events: readonly ModelEvent[]): Buffer {
    let text = ''
    for (const event of events.flatMap((one) => (oneToolCall && isFurtherCall(one) ? [] : inOrder(one)))) {
      if (isOver) break
      text += written(event)
    }
    return text === '' ? nothing : Buffer.from(text)
  }

  return {
    facts,
    contentType: writer.contentType,
    push: (bytes) => (isOver ? nothing : through(reader.push(bytes))),
    end: () => (isOver ? nothing : through(reader.end())),
    fail: (error) => (isOver ? nothing : Buffer.from(lost(error))),
  }
}
