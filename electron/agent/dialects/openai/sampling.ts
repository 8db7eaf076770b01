import { number, said, stopTexts } from '../form.ts'
import type { Effort, Sampling } from '../task.ts'

/** Fields of `chat/completions` and `completions` alike; `top_k` is of engines, not of OpenAI. */
export const samplingFields = {
  max_tokens: number,
  max_completion_tokens: number,
  temperature: number,
  top_p: number,
  top_k: number,
  seed: number,
  stop: stopTexts,
  presence_penalty: number,
  frequency_penalty: number,
}

interface Given {
  max_tokens?: number | null
  max_completion_tokens?: number | null
  temperature?: number | null
  top_p?: number | null
  top_k?: number | null
  seed?: number | null
  stop?: string[] | null
  presence_penalty?: number | null
  frequency_penalty?: number | null
}

export const readSampling = (given: Given): Sampling =>
  said({
    maxTokens: given.max_completion_tokens ?? given.max_tokens,
    temperature: given.temperature,
    topP: given.top_p,
    topK: given.top_k,
    seed: given.seed,
    stop: given.stop,
    presencePenalty: given.presence_penalty,
    frequencyPenalty: given.frequency_penalty,
  }) as Sampling

/** `max_tokens` is the older name, which all engines know. */
export const writeSampling = (sampling: Sampling): Record<string, unknown> =>
  said({
    max_tokens: sampling.maxTokens,
    temperature: sampling.temperature,
    top_p: sampling.topP,
    top_k: sampling.topK,
    seed: sampling.seed,
    stop: sampling.stop,
    presence_penalty: sampling.presencePenalty,
    frequency_penalty: sampling.frequencyPenalty,
  })

/** OpenAI’s and Anthropic’s words for how much to think; more than ours know is as much as ours can. */
export function readEffort(word: string | null | undefined): Effort | undefined {
  switch (word) {
    case 'none':
      return 'none'
    case 'minimal':
    case 'low':
      return 'low'
    case 'medium':
      return 'medium'
    case 'high':
    case 'xhigh':
    case 'max':
      return 'high'
    default:
      return undefined
  }
}
