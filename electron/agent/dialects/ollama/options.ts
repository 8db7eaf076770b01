import { z } from 'zod'
import { jsonObject, number, said, stopTexts } from '../form.ts'
import type { AnswerFormat, Effort, Sampling } from '../task.ts'

/** Those options that other dialects know, too; the others say how Ollama loads a model. */
export const options = z
  .object({
    num_predict: number,
    temperature: number,
    top_p: number,
    top_k: number,
    seed: number,
    stop: stopTexts,
    presence_penalty: number,
    frequency_penalty: number,
  })
  .nullish()

export function readOptions(given: z.infer<typeof options>): Sampling {
  const most = given?.num_predict
  return said({
    maxTokens: typeof most === 'number' && most >= 0 ? most : undefined, // below 0: no limit
    temperature: given?.temperature,
    topP: given?.top_p,
    topK: given?.top_k,
    seed: given?.seed,
    stop: given?.stop,
    presencePenalty: given?.presence_penalty,
    frequencyPenalty: given?.frequency_penalty,
  }) as Sampling
}

/** Undefined when nothing is said. */
export function writeOptions(sampling: Sampling): Record<string, unknown> | undefined {
  const written = said({
    num_predict: sampling.maxTokens,
    temperature: sampling.temperature,
    top_p: sampling.topP,
    top_k: sampling.topK,
    seed: sampling.seed,
    stop: sampling.stop,
    presence_penalty: sampling.presencePenalty,
    frequency_penalty: sampling.frequencyPenalty,
  })
  return Object.keys(written).length === 0 ? undefined : written
}

/** `json`, or a schema; an empty text is none. */
export const format = z.union([z.literal(''), z.literal('json'), jsonObject]).nullish()

export function readFormat(given: z.infer<typeof format>): AnswerFormat | null {
  if (!given) return null
  return given === 'json' ? { type: 'json' } : { type: 'schema', name: 'answer', schema: given }
}

export const writeFormat = (given: AnswerFormat | null): unknown => (given?.type === 'schema' ? given.schema : given?.type)

export const think = z.union([z.boolean(), z.string()]).nullish()

export function readThink(given: z.infer<typeof think>): Effort | undefined {
  if (given === true) return 'on'
  if (given === false) return 'none'
  return given === 'low' || given === 'medium' || given === 'high' ? given : undefined
}

/** `on` is left to Ollama, which thinks by itself where the model can, and refuses where it cannot. */
export function writeThink(effort: Effort | undefined): boolean | string | undefined {
  if (effort === undefined || effort === 'on') return undefined
  return effort === 'none' ? false : effort
}

export const keepAlive = z.union([z.number(), z.string().max(64)]).nullish()
