import { z } from 'zod'
import type { AnswerForm, AnswerWriter, ExchangeContext, OperationForm } from '../dialect.ts'
import { readEngineError } from '../engine-failure.ts'
import { type ModelEvent, type Timing, unknownUsage } from '../events.ts'
import { failureEvent } from '../failure.ts'
import { flag, name, number, readForm, untranslatable } from '../form.ts'
import { gather } from '../gather.ts'
import { eventStreamType, jsonType, serverEvent } from '../stream/frames.ts'
import { badAnswer } from '../stream/reader.ts'
import type { CompletionTask } from '../task.ts'
import { readSampling, samplingFields, writeSampling } from './sampling.ts'
import { wantsUsage } from './stream-options.ts'
import { readFinish, readTimings, readUsage, timings, usage, writeFinish, writeUsage } from './usage.ts'

const request = z.object({
  model: name,
  stream: flag,
  prompt: z.unknown().optional(),
  suffix: z.string().nullish(),
  echo: flag,
  n: number,
  best_of: number,
  ...samplingFields,
})

/** Reads what a program asks of `/v1/completions`. */
function readTask(body: unknown): CompletionTask {
  const given = readForm(request, body)
  if ((given.n ?? 1) !== 1 || (given.best_of ?? 1) !== 1) throw untranslatable('More than one answer (n, best_of)')
  if (given.echo) throw untranslatable('The prompt in the answer (echo)')
  const prompt: unknown = Array.isArray(given.prompt) && given.prompt.length === 1 ? given.prompt[0] : given.prompt
  if (typeof prompt !== 'string') throw untranslatable('A prompt that is not one text')
  return {
    kind: 'completion',
    model: given.model,
    stream: given.stream ?? false,
    prompt,
    suffix: given.suffix ?? null,
    sampling: readSampling(given),
  }
}

function writeTask({ model, stream, prompt, suffix, sampling }: CompletionTask): string {
  return JSON.stringify({
    model,
    prompt,
    ...(suffix !== null && { suffix }),
    stream,
    ...(stream && { stream_options: { include_usage: true } }),
    ...writeSampling(sampling),
  })
}

const answer = z.object({
  choices: z.array(z.object({ text: z.string().nullish(), finish_reason: z.string().nullish() })).nullish(),
  usage,
  timings,
  error: z.unknown().optional(),
})

function createAnswer(): AnswerForm {
  let finish: string | null = null
  let told = unknownUsage
  let timing: Timing | null = null

  const end = (word: string): ModelEvent => ({ type: 'end', reason: readFinish(word, false), stopText: null, usage: told, timing })
  const close = () => (finish === null ? [] : [end(finish)])

  function read(data: unknown): ModelEvent[] {
    const given = answer.parse(data)
    if (given.error !== undefined && given.error !== null) return [{ type: 'error', error: readEngineError(null, data) }]
    if (given.usage) told = readUsage(given.usage)
    timing = readTimings(given.timings) ?? timing
    const first = given.choices?.[0]
    if (first?.finish_reason) finish = first.finish_reason
    return first?.text ? [{ type: 'text', text: first.text }] : []
  }

  return {
    frame: (data) => (data === '[DONE]' ? [end(finish ?? 'stop')] : read(data)),
    document(data) {
      const events = read(data)
      if (events[0]?.type === 'error') return events
      if (finish === null) throw badAnswer('it has no end')
      return [...events, ...close()]
    },
    close,
  }
}

function createStream(model: string, asksUsage: boolean, { now, newId }: ExchangeContext): AnswerWriter {
  const head = { id: `cmpl-${newId()}`, object: 'text_completion', created: Math.floor(now() / 1000), model }
  const chunk = (text: string, finish: string | null) =>
    serverEvent({ ...head, choices: [{ index: 0, text, logprobs: null, finish_reason: finish }] })
  return {
    contentType: eventStreamType,
    push(event) {
      if (event.type === 'text') return chunk(event.text, null)
      if (event.type === 'error') return failureEvent('openai.completion', event.error)
      if (event.type !== 'end') return ''
      const counted = asksUsage ? writeUsage(event.usage) : undefined
      const last = counted === undefined ? '' : serverEvent({ ...head, choices: [], usage: counted })
      return `${chunk('', writeFinish(event.reason))}${last}${serverEvent('[DONE]')}`
    },
  }
}

function createDocument(model: string, { now, newId }: ExchangeContext): AnswerWriter {
  const gathered = gather()
  return {
    contentType: jsonType,
    push(event) {
      gathered.push(event)
      if (event.type !== 'end') return ''
      const choices = [{ index: 0, text: gathered.text, logprobs: null, finish_reason: writeFinish(event.reason) }]
      const created = Math.floor(now() / 1000)
      return JSON.stringify({ id: `cmpl-${newId()}`, object: 'text_completion', created, model, choices, usage: writeUsage(event.usage) })
    },
  }
}

/** `/v1/completions`: text that is carried on. */
export const completion: OperationForm = {
  operation: 'openai.completion',
  path: '/v1/completions',
  framing: 'events',
  readTask,
  writeTask: (task) => (task.kind === 'completion' ? writeTask(task) : null),
  createAnswer,
  createWriter: ({ body, model, stream }, context) =>
    stream ? createStream(model, wantsUsage(body), context) : createDocument(model, context),
}
