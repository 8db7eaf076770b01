import { FcnError } from '../../errors.ts'
import { parseJson } from '../../support/json.ts'
import type { AnswerForm, AnswerReader, Framing } from '../dialect.ts'
import type { ModelEvent } from '../events.ts'
import { largestAnswer } from '../limits.ts'
import { createFrameCutter } from './frames.ts'

export const badAnswer = (why: string, cause?: unknown): FcnError =>
  new FcnError('bad_answer', `The engine’s answer cannot be used: ${why}.`, { cause })

export const brokenOff = (): FcnError => new FcnError('backend_failed', 'The engine broke its answer off in the middle.')

/** Reads a streamed answer; gives exactly one `end` or `error`, and nothing behind it. */
export function createStreamReader(framing: Framing, form: AnswerForm): AnswerReader {
  const cutter = createFrameCutter(framing)
  let isOver = false
  let size = 0

  /** Events up to the one that ends the answer. */
  function taken(events: readonly ModelEvent[]): ModelEvent[] {
    const last = events.findIndex(({ type }) => type === 'end' || type === 'error')
    if (last === -1) return [...events]
    isOver = true
    return events.slice(0, last + 1)
  }

  const read = (frames: readonly { data: string }[]) => {
    const events: ModelEvent[] = []
    for (const { data } of frames) {
      if (isOver || data === '') continue
      events.push(...taken(readFrame(form, data)))
    }
    return events
  }

  return {
    push(bytes) {
      if (isOver) return []
      size += bytes.length
      const frames = size > largestAnswer ? null : cutter.push(bytes)
      return frames === null ? taken([{ type: 'error', error: badAnswer('it is too large') }]) : read(frames)
    },
    end() {
      if (isOver) return []
      const events = read(cutter.rest())
      if (isOver) return events
      const closing = form.close()
      return [...events, ...taken(closing.length > 0 ? closing : [{ type: 'error', error: brokenOff() }])]
    },
  }
}

/** The events of one piece; one that cannot be read is an error. */
export function readFrame(form: AnswerForm, data: string): ModelEvent[] {
  if (data === '[DONE]') return attempt(() => form.frame(data))
  const value = parseJson(data)
  if (value === undefined) return [{ type: 'error', error: badAnswer('a piece of it is no JSON') }]
  return attempt(() => form.frame(value))
}

/** Reads an answer that is one JSON document. */
export function createDocumentReader(form: Pick<AnswerForm, 'document'>): AnswerReader {
  const pieces: Uint8Array[] = []
  let size = 0
  return {
    push(bytes) {
      if (size > largestAnswer) return []
      size += bytes.length
      if (size > largestAnswer) return [{ type: 'error', error: badAnswer('it is too large') }]
      pieces.push(bytes)
      return []
    },
    end() {
      if (size > largestAnswer) return []
      const value = parseJson(Buffer.concat(pieces).toString('utf8'))
      if (value === undefined) return [{ type: 'error', error: badAnswer('it is no JSON') }]
      return attempt(() => form.document(value))
    },
  }
}

function attempt(read: () => ModelEvent[]): ModelEvent[] {
  try {
    return read()
  } catch (thrown) {
    return [{ type: 'error', error: thrown instanceof FcnError ? thrown : badAnswer('it has not the form it should have', thrown) }]
  }
}
