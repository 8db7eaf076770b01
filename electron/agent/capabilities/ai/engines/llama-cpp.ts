import { z } from 'zod'
import type { EngineModel } from '../../../../contract/ai.ts'
import type { EngineTalk } from './ask-engine.ts'
import { bareModel, type EngineProfile, modelsOf, parametersText } from './engine-profile.ts'
import { contextOf, type ListedByOpenAi, openAiModels } from './openai-models.ts'

const props = z.object({
  default_generation_settings: z.object({ n_ctx: z.number().int().positive() }).optional().catch(undefined),
  modalities: z.object({ vision: z.boolean() }).optional().catch(undefined),
  build_info: z.string().max(64).optional().catch(undefined),
})

/** The server of llama.cpp. It answers some of Ollama's paths too, so it is recognised before Ollama is. */
export const llamaCpp: EngineProfile = {
  kind: 'llamacpp',
  label: 'llama.cpp',
  ports: [8080],
  operations: [],
  async recognise(talk) {
    const { headers } = await talk.get('/v1/models')
    const listed = await openAiModels(talk)
    const isIt = /^llama\.cpp/iu.test(String(headers['server'] ?? '')) || listed?.some((model) => model.owned_by === 'llamacpp') === true
    return isIt ? { version: (await propsOf(talk))?.build_info ?? null } : null
  },
  async models(talk) {
    const listed = (await openAiModels(talk)) ?? []
    // with one model, what the server says of itself is about that
    const told = listed.length === 1 ? await propsOf(talk) : undefined
    return modelsOf(listed.map((model) => modelOf(model, told)))
  },
}

const propsOf = async (talk: EngineTalk) => props.safeParse(await talk.json('/props')).data

function modelOf(model: ListedByOpenAi, told: z.infer<typeof props> | undefined): EngineModel {
  const bare = bareModel(nameOf(model.id))
  return {
    ...bare,
    uses: told?.modalities?.vision === true ? [...bare.uses, 'vision'] : bare.uses,
    contextLength: told?.default_generation_settings?.n_ctx ?? contextOf(model),
    size: model.meta?.size ?? null,
    parameters: parametersText(model.meta?.n_params),
    loaded: model.status === undefined ? true : model.status.value === 'loaded',
  }
}

/** Started without a name for its model it gives the path of the file, which is no business of others; it takes any name. */
const nameOf = (id: string): string => (/^(?:\/|[A-Za-z]:[\\/])/u.test(id) ? (id.split(/[\\/]/u).at(-1) ?? id) : id)
