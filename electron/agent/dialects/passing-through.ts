import type { FcnError } from '../errors.ts'
import { parseJson } from '../support/json.ts'
import type { AnswerPipe, ExchangeContext, OperationForm } from './dialect.ts'
import type { ModelEvent } from './events.ts'
import { AnswerRecord } from './facts.ts'
import { failureEvent } from './failure.ts'
import { jsonObject } from './form.ts'
import { mostHeld } from './limits.ts'
import { createFrameCutter, eventStreamType, type Frame, jsonType, linesType } from './stream/frames.ts'
import { badAnswer, brokenOff, createDocumentReader, readFrame } from './stream/reader.ts'

interface PassedParts {
  form: OperationForm
  /** The event with the usage was asked for by this node only: the program does not get it. */
  hidesUsage: boolean
  context: ExchangeContext
}

const nothing = Buffer.alloc(0)

/** Pieces that say more than the next few letters. Quotes inside a text are written `\"`, so that no text looks like this. */
const telling =
  /"(?:error|usage|prompt_eval_count)"\s*:\s*[{"\d]|"finish_reason"\s*:\s*"|"done"\s*:\s*true|"tool_calls"|\[DONE\]|"type"\s*:\s*"(?:message_|error|response\.(?:completed|incomplete|failed))/u

const withoutChoices = /"choices"\s*:\s*\[\s*\]/u

/** OpenAI’s last event with the usage and no answer in it. */
function isUsageOnly(data: string): boolean {
  if (!withoutChoices.test(data)) return false
  const { choices, usage } = jsonObject.safeParse(parseJson(data)).data ?? {}
  return Array.isArray(choices) && choices.length === 0 && typeof usage === 'object' && usage !== null
}

/**
 * A streamed answer whose bytes go to the program as they are, piece by whole piece. Only what tells of its beginning, its end
 * or its cost is read; what does not have the form it should have is the program’s to understand.
 */
export function createPassedStream({ form, hidesUsage, context }: PassedParts): AnswerPipe {
  const facts = new AnswerRecord()
  const cutter = createFrameCutter(form.framing)
  const answer = form.createAnswer(context)
  let held: Buffer[] = []
  let heldSize = 0
  let isOver = false

  function watch({ data }: Frame): void {
    if (data === '' || (facts.hasBegun && !telling.test(data))) {
      if (data !== '') facts.pieces += 1
      return
    }
    for (const event of readFrame(answer, data)) {
      if (event.type === 'error' && event.error.code === 'bad_answer') continue
      if (facts.end !== null || facts.failure !== null) return
      noted(event)
    }
  }

  function noted(event: ModelEvent): void {
    facts.note(event)
    facts.hasBegun ||= event.type !== 'error'
  }

  /** The engine said itself that it failed: that is in its bytes, and nothing comes behind it. */
  function pass(frames: readonly Frame[]): Buffer[] {
    const passed: Buffer[] = []
    for (const frame of frames) {
      watch(frame)
      if (hidesUsage && isUsageOnly(frame.data)) continue
      passed.push(frame.raw)
      if (facts.failure === null) continue
      isOver = true
      break
    }
    return passed
  }

  /** What may leave now. */
  function given(bytes: readonly Buffer[]): Buffer {
    held.push(...bytes)
    for (const { length } of bytes) heldSize += length
    if (!facts.hasBegun && facts.failure === null && heldSize > mostHeld) return Buffer.from(lost(badAnswer('it does not begin')))
    if (!facts.hasBegun) return nothing
    const all = held.length === 1 ? (held[0] ?? nothing) : Buffer.concat(held)
    held = []
    heldSize = 0
    return all
  }

  function lost(error: FcnError): string {
    isOver = true
    held = []
    facts.note({ type: 'error', error })
    return facts.hasBegun ? failureEvent(form.operation, error) : ''
  }

  return {
    facts,
    contentType: form.framing === 'events' ? eventStreamType : linesType,
    push(bytes) {
      if (isOver) return nothing
      const frames = cutter.push(bytes)
      return frames === null ? Buffer.from(lost(badAnswer('a piece of it is too large'))) : given(pass(frames))
    },
    end() {
      if (isOver) return nothing
      const frames = pass(cutter.rest())
      if (facts.end === null && facts.failure === null) answer.close().forEach(noted)
      const last = given(frames)
      const isWhole = facts.end !== null || isOver
      isOver = true
      return isWhole ? last : Buffer.concat([last, Buffer.from(lost(brokenOff()))])
    },
    fail(error) {
      if (isOver || facts.end !== null) return nothing
      return Buffer.from(lost(error))
    },
  }
}

/** A whole answer that goes to the program as it is, when it is one. */
export function createPassedDocument({ form, body, context }: PassedParts & { body: unknown }): AnswerPipe {
  const facts = new AnswerRecord()
  const answer = form.createAnswer(context)
  const pieces: Uint8Array[] = []
  let mended: unknown = null
  let isOver = false
  const reader = createDocumentReader({
    document(data) {
      mended = form.mend?.(body, data) ?? null
      return answer.document(data)
    },
  })

  function noted(events: ReturnType<typeof reader.end>): void {
    for (const event of events) {
      facts.note(event)
      isOver ||= event.type === 'error'
    }
    facts.hasBegun = facts.end !== null && facts.failure === null
  }

  return {
    facts,
    contentType: jsonType,
    push(bytes) {
      if (isOver) return nothing
      noted(reader.push(bytes))
      pieces.push(bytes)
      return nothing
    },
    end() {
      if (isOver) return nothing
      noted(reader.end())
      isOver = true
      if (!facts.hasBegun) return nothing
      return mended === null ? Buffer.concat(pieces) : Buffer.from(JSON.stringify(mended))
    },
    fail(error) {
      if (!isOver) noted([{ type: 'error', error }])
      return nothing
    },
  }
}
