/**
 * What a node answers on `GET /fcn/models` below its capability `ai`: the models that whoever asks may use there. Asked
 * by the models' directory of other nodes, and by this node's own of itself.
 */
import { z } from 'zod'
import { engineKind, engineModel, modelUse } from '../../contract/ai.ts'

/** Below `/peer/v1/capabilities/<mesh>/ai`. */
export const modelListPath = '/fcn/models'
export const modelListPathIn = (mesh: string): string => `/peer/v1/capabilities/${encodeURIComponent(mesh)}/ai${modelListPath}`
/** Longest answer that is read, bytes: 200 models of about 400 bytes, with room to spare. */
export const maxModelListBytes = 256 * 1024

const count = z.number().int().nonnegative()

/** Whatever a later version calls a kind of engine or a use, the model is one all the same. */
const knownUses = z
  .array(z.string())
  .max(32)
  .transform((all) => all.flatMap((use) => modelUse.safeParse(use).data ?? []))

/** A model as the node that has it tells of it to one caller. */
export const listedModel = engineModel.extend({
  uses: knownUses,
  engine: engineKind.catch('openai'),
  /** Requests for it under way and waiting there, of whoever. */
  busy: count,
  /** As it was there lately, ms and tokens per second; null before the first request. */
  firstTokenMs: z.number().nonnegative().nullable(),
  tokensPerSecond: z.number().nonnegative().nullable(),
  /** Whether it is in memory or would fit into what is free now; null: the engine does not tell. */
  fits: z.boolean().nullable(),
})
export type ListedModel = z.infer<typeof listedModel>

export const modelList = z.object({
  /** One entry for each model name; of two engines with the same model the better place. */
  models: z.array(listedModel).max(200),
  /** Tokens that this caller may still have today; null: no limit. */
  tokensLeft: count.nullable(),
})
export type ModelList = z.infer<typeof modelList>
