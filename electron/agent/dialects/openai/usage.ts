import { z } from 'zod'
import type { EndReason, Timing, Usage } from '../events.ts'

const count = z.number().nonnegative().nullish()

export const usage = z
  .object({ prompt_tokens: count, completion_tokens: count, prompt_tokens_details: z.object({ cached_tokens: count }).nullish() })
  .nullish()

/** What llama.cpp’s server tells beside it, ms. */
export const timings = z.object({ prompt_ms: count, predicted_ms: count }).nullish()

export const readUsage = (given: z.infer<typeof usage>): Usage => ({
  input: given?.prompt_tokens ?? null,
  output: given?.completion_tokens ?? null,
  cached: given?.prompt_tokens_details?.cached_tokens ?? null,
})

export const readTimings = (given: z.infer<typeof timings>): Timing | null =>
  given === null || given === undefined ? null : { load: null, prompt: given.prompt_ms ?? null, generation: given.predicted_ms ?? null }

/** Undefined when the engine told nothing: a count that nobody made is not shown. */
export function writeUsage({ input, output, cached }: Usage): Record<string, unknown> | undefined {
  if (input === null && output === null) return undefined
  return {
    prompt_tokens: input ?? 0,
    completion_tokens: output ?? 0,
    total_tokens: (input ?? 0) + (output ?? 0),
    ...(cached !== null && { prompt_tokens_details: { cached_tokens: cached } }),
  }
}

/** Engines that end a tool call with “stop” are corrected: programs look at the reason, not at the calls. */
export function readFinish(word: string, hasToolCalls: boolean): EndReason {
  switch (word) {
    case 'tool_calls':
    case 'function_call':
      return 'tools'
    case 'stop':
      return hasToolCalls ? 'tools' : 'stop'
    case 'length':
      return 'length'
    case 'content_filter':
      return 'refusal'
    default:
      return 'other'
  }
}

export function writeFinish(reason: EndReason): string {
  switch (reason) {
    case 'tools':
      return 'tool_calls'
    case 'length':
      return 'length'
    case 'refusal':
      return 'content_filter'
    case 'stop':
    case 'load':
    case 'other':
      return 'stop'
  }
}
