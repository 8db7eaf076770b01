/** The list of models as OpenAI's dialect has it, with what engines add to it. */
import { z } from 'zod'
import type { EngineTalk } from './ask-engine.ts'

const optional = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined)
const count = optional(z.number().int().positive())

const listed = z.object({
  id: z.string(),
  owned_by: optional(z.string()),
  /** vLLM; other servers and gateways. */
  max_model_len: count,
  context_length: count,
  context_window: count,
  /** llama.cpp. */
  meta: optional(z.object({ n_ctx_train: count, n_params: count, size: count })),
  /** llama.cpp with more than one model. */
  status: optional(z.object({ value: z.string() })),
})
export type ListedByOpenAi = z.infer<typeof listed>

const list = z.object({ data: z.array(listed).max(10_000) })

/** The list at such a path; null where none is. Throws as `EngineTalk`. */
export async function openAiModels(talk: EngineTalk, path = '/v1/models'): Promise<ListedByOpenAi[] | null> {
  return list.safeParse(await talk.json(path)).data?.data ?? null
}

/** Tokens that fit, as whoever tells of it writes it. */
export const contextOf = ({ max_model_len, context_length, context_window, meta }: ListedByOpenAi): number | null =>
  max_model_len ?? context_length ?? context_window ?? meta?.n_ctx_train ?? null
