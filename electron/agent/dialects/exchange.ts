import { toFcnError } from '../errors.ts'
import type { AnswerPipe, AnswerReader, EngineRequest, Exchange, ExchangeContext, WorkCall, WorkOperation } from './dialect.ts'
import { readEngineError } from './engine-failure.ts'
import { type ModelEvent, unknownUsage } from './events.ts'
import { jsonObject, untranslatable } from './form.ts'
import { forms, waysToAsk } from './forms.ts'
import { outlineOf } from './outline.ts'
import { wantsUsage } from './openai/stream-options.ts'
import { createPassedDocument, createPassedStream } from './passing-through.ts'
import { createDocumentReader, createStreamReader } from './stream/reader.ts'
import type { Task } from './task.ts'
import { createTranslation } from './translation.ts'

/** A program’s request and the engine that is to answer it. */
export interface ExchangeInput {
  call: WorkCall
  /** The body as it came. */
  raw: Buffer
  /** The same, read. */
  body: unknown
  engine: {
    /** Calls that it answers itself. */
    operations: ReadonlySet<WorkOperation>
    /** The model’s name there. */
    model: string
  }
}

/** Throws `invalid_input` for what is no such request, or cannot be asked of this engine (`details.untranslatable`). */
export function createExchange(input: ExchangeInput, context: ExchangeContext): Exchange {
  return input.engine.operations.has(input.call.operation) ? passedThrough(input, context) : translated(input, context)
}

/** Calls whose streams tell the usage only when they are asked to. */
const tellsWhenAsked = new Set<WorkOperation>(['openai.chat', 'openai.completion'])

function passedThrough({ call, raw, body, engine }: ExchangeInput, context: ExchangeContext): Exchange {
  const form = forms[call.operation]
  const { model, stream } = outlineOf(call, body)
  const hidesUsage = stream && tellsWhenAsked.has(call.operation) && !wantsUsage(body)
  const request: EngineRequest = {
    operation: call.operation,
    method: 'POST',
    path: form.path,
    body: model === engine.model && !hidesUsage ? raw : changed(body, engine.model, hidesUsage),
    stream,
  }
  const parts = { form, hidesUsage, context }
  return {
    request,
    isPassedThrough: true,
    createPipe: () => (stream ? createPassedStream(parts) : createPassedDocument({ ...parts, body })),
    readFailure: readEngineError,
  }
}

/** The program’s request with the engine’s name of the model; everything else as it is. */
function changed(body: unknown, model: string, asksUsage: boolean): Buffer {
  const given = jsonObject.parse(body)
  const options = jsonObject.safeParse(given['stream_options']).data
  return Buffer.from(JSON.stringify({ ...given, model, ...(asksUsage && { stream_options: { ...options, include_usage: true } }) }))
}

function translated({ call, body, engine }: ExchangeInput, context: ExchangeContext): Exchange {
  const own = forms[call.operation]
  const task = own.readTask(body)
  const asked = wayToAsk({ ...task, model: engine.model }, engine.operations)
  const { stream } = task

  function createPipe(): AnswerPipe {
    return createTranslation({
      reader: asked === null ? emptyAnswer() : readerOf(asked, context),
      writer: own.createWriter({ body, model: task.model, stream }, context),
      stream,
      oneToolCall: task.kind === 'chat' && task.oneToolCall,
    })
  }
  return { request: asked, isPassedThrough: false, createPipe, readFailure: readEngineError }
}

/** The first way in which this engine can be asked; its refusal when there is one but it cannot say all of it. */
function wayToAsk(task: Task, operations: ReadonlySet<WorkOperation>): EngineRequest | null {
  let refusal: unknown = null
  for (const operation of waysToAsk[task.kind]) {
    if (!operations.has(operation)) continue
    const { path, writeTask } = forms[operation]
    try {
      const body = writeTask(task)
      if (body !== null) return { operation, method: 'POST', path, body: Buffer.from(body), stream: task.stream }
    } catch (thrown) {
      refusal ??= thrown
    }
  }
  if (task.kind === 'load' && refusal === null) return null // it loads the model when it is needed
  throw refusal === null ? untranslatable(namesOf[task.kind]) : toFcnError(refusal)
}

const namesOf: Record<Task['kind'], string> = {
  chat: 'A chat',
  completion: 'Text that is only carried on',
  embed: 'Vectors of texts',
  load: 'Loading',
}

function readerOf({ operation, stream }: EngineRequest, context: ExchangeContext): AnswerReader {
  const { framing, createAnswer } = forms[operation]
  const answer = createAnswer(context)
  return stream ? createStreamReader(framing, answer) : createDocumentReader(answer)
}

/** Nothing was asked. */
function emptyAnswer(): AnswerReader {
  const end: ModelEvent = { type: 'end', reason: 'load', stopText: null, usage: unknownUsage, timing: null }
  return { push: () => [], end: () => [end] }
}
