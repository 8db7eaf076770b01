import { z } from 'zod'
import type { EngineModel, ModelUse } from '../../../../contract/ai.ts'
import { FcnError } from '../../../errors.ts'
import { bareModel, type EngineProfile, modelsOf } from './engine-profile.ts'

/** Its own list (`/api/v0/models`, since 0.3.6), which says more than OpenAI's. */
const list = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      type: z.enum(['llm', 'vlm', 'embeddings']),
      state: z.enum(['loaded', 'not-loaded']),
      quantization: z.string().optional().catch(undefined),
      max_context_length: z.number().int().positive().optional().catch(undefined),
      loaded_context_length: z.number().int().positive().optional().catch(undefined),
      capabilities: z.array(z.string()).max(32).optional().catch(undefined),
    }),
  ),
})
type Listed = z.infer<typeof list>['data'][number]

const usesBy: Record<Listed['type'], ModelUse[]> = {
  llm: ['chat', 'completion'],
  vlm: ['chat', 'completion', 'vision'],
  embeddings: ['embedding'],
}

export const lmStudio: EngineProfile = {
  kind: 'lmstudio',
  label: 'LM Studio',
  ports: [1234],
  operations: [],
  // paths it does not know are answered with status 200 too: only the form of the list tells
  recognise: async (talk) => (list.safeParse(await talk.json('/api/v0/models')).success ? { version: null } : null),
  async models(talk) {
    const listed = list.safeParse(await talk.json('/api/v0/models')).data?.data
    if (listed !== undefined) return modelsOf(listed.map(modelOf))
    throw new FcnError('bad_answer', 'LM Studio answers without a list of its models.', { action: 'Restart its server.' })
  },
}

const modelOf = ({ id, type, state, quantization, capabilities, ...length }: Listed): EngineModel => ({
  ...bareModel(id),
  uses: [...usesBy[type], ...(capabilities?.includes('tool_use') === true ? (['tools'] as const) : [])],
  contextLength: length.loaded_context_length ?? length.max_context_length ?? null,
  quantization: quantization ?? null,
  loaded: state === 'loaded',
})
