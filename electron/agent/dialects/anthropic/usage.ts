import { z } from 'zod'
import type { EndReason, Usage } from '../events.ts'

const count = z.number().nonnegative().nullish()

export const usage = z
  .object({ input_tokens: count, output_tokens: count, cache_read_input_tokens: count, cache_creation_input_tokens: count })
  .nullish()

/** What was told, over what was told before. Anthropic counts what was cached beside what was read; here it is part of it. */
export function readUsage(given: z.infer<typeof usage>, before: Usage): Usage {
  if (given === null || given === undefined) return before
  const { input_tokens: fresh, cache_read_input_tokens: cached, cache_creation_input_tokens: written } = given
  return {
    input: typeof fresh === 'number' ? fresh + (cached ?? 0) + (written ?? 0) : before.input,
    output: given.output_tokens ?? before.output,
    cached: cached ?? before.cached,
  }
}

/** The form has no word for “not counted”. */
export const writeUsage = ({ input, output, cached }: Usage): Record<string, number> => ({
  input_tokens: Math.max(0, (input ?? 0) - (cached ?? 0)),
  output_tokens: output ?? 0,
  ...(cached !== null && { cache_read_input_tokens: cached }),
})

export function readStop(word: string): EndReason {
  switch (word) {
    case 'end_turn':
    case 'stop_sequence':
      return 'stop'
    case 'max_tokens':
    case 'model_context_window_exceeded':
      return 'length'
    case 'tool_use':
      return 'tools'
    case 'refusal':
      return 'refusal'
    default:
      return 'other'
  }
}

export function writeStop(reason: EndReason, stopText: string | null): string {
  switch (reason) {
    case 'stop':
      return stopText === null ? 'end_turn' : 'stop_sequence'
    case 'length':
      return 'max_tokens'
    case 'tools':
      return 'tool_use'
    case 'refusal':
      return 'refusal'
    case 'load':
    case 'other':
      return 'end_turn'
  }
}
