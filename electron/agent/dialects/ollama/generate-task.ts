import { z } from 'zod'
import { flag, name, readForm, said, untranslatable } from '../form.ts'
import { maxMessages } from '../limits.ts'
import { plainChat, textParts } from '../parts.ts'
import { picture } from '../pictures.ts'
import type { CompletionTask, Message, Task } from '../task.ts'
import { format, keepAlive, options, readFormat, readOptions, readThink, think, writeOptions } from './options.ts'

const request = z.object({
  model: name,
  stream: flag,
  prompt: z.string().nullish(),
  suffix: z.string().nullish(),
  system: z.string().nullish(),
  template: z.string().nullish(),
  context: z.array(z.number()).nullish(),
  images: z.array(z.string()).max(maxMessages).nullish(),
  raw: flag,
  format,
  options,
  think,
  keep_alive: keepAlive,
})

/**
 * Reads what a program asks of `/api/generate`: a chat of one message, unless the text is to be carried on as it is (`raw`) or
 * a gap to be filled (`suffix`). Without a prompt it only wants the model in memory.
 */
export function readGenerateTask(body: unknown): Task {
  const given = readForm(request, body)
  const { model } = given
  const stream = given.stream ?? true
  const prompt = given.prompt ?? ''
  if (prompt === '' && !given.suffix) return { kind: 'load', model, stream, keepAlive: given.keep_alive ?? null }
  if (given.context?.length) throw untranslatable('A conversation as tokens (context)')
  if (given.template) throw untranslatable('A form of the prompt (template)')
  const sampling = readOptions(given.options)
  if (given.raw || given.suffix) return { kind: 'completion', model, stream, prompt, suffix: given.suffix || null, sampling }
  const effort = readThink(given.think)
  const user: Message = { role: 'user', parts: [...textParts(prompt), ...(given.images ?? []).map(picture)] }
  const system: Message[] = given.system ? [{ role: 'system', parts: textParts(given.system) }] : []
  return {
    ...plainChat(model, stream),
    messages: [...system, user],
    format: readFormat(given.format),
    ...(effort !== undefined && { effort }),
    sampling,
  }
}

/** What an engine is asked at `/api/generate`: `raw` is the prompt as it is; a gap is filled by the form that the model has for it. */
export const writeGenerateRequest = ({ model, stream, prompt, suffix, sampling }: CompletionTask): string =>
  JSON.stringify({
    model,
    prompt,
    ...(suffix === null ? { raw: true } : { suffix }),
    stream,
    ...said({ options: writeOptions(sampling) }),
  })
