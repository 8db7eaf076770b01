/** Engines that tell no more of their models than OpenAI's dialect has, and by what each is known. */
import { z } from 'zod'
import type { EngineModel } from '../../../../contract/ai.ts'
import type { EngineTalk } from './ask-engine.ts'
import { bareModel, type EngineProfile, modelsOf } from './engine-profile.ts'
import { contextOf, openAiModels } from './openai-models.ts'

const version = z.object({ version: z.string().max(64) })
const versionAt = async (talk: EngineTalk, path: string): Promise<string | null> =>
  version.safeParse(await talk.json(path)).data?.version ?? null

const listedModels = async (talk: EngineTalk, isLoaded: (name: string) => boolean | null): Promise<EngineModel[]> => {
  const listed = (await openAiModels(talk)) ?? (await openAiModels(talk, '/models')) ?? []
  return modelsOf(listed.map((model) => ({ ...bareModel(model.id), contextLength: contextOf(model), loaded: isLoaded(model.id) })))
}

export const vllm: EngineProfile = {
  kind: 'vllm',
  label: 'vLLM',
  ports: [8000],
  operations: [],
  async recognise(talk) {
    const listed = await openAiModels(talk)
    return listed?.some(({ owned_by }) => owned_by === 'vllm') === true ? { version: await versionAt(talk, '/version') } : null
  },
  // it runs what it was started with, and nothing else
  models: (talk) => listedModels(talk, () => true),
}

const localAiSystem = z.object({ backends: z.array(z.unknown()), loaded_models: z.array(z.object({ id: z.string() })).nullable() })

export const localAi: EngineProfile = {
  kind: 'localai',
  label: 'LocalAI',
  ports: [8080],
  operations: [],
  recognise: async (talk) =>
    localAiSystem.safeParse(await talk.json('/system')).success ? { version: await versionAt(talk, '/version') } : null,
  async models(talk) {
    const loaded = localAiSystem.safeParse(await talk.json('/system')).data?.loaded_models ?? []
    const names = new Set(loaded.map(({ id }) => id))
    return listedModels(talk, (name) => names.has(name))
  },
}

const description = z.object({ info: z.object({ title: z.string().regex(/^Jan\b/u), version: z.string().max(64).optional() }) })

export const jan: EngineProfile = {
  kind: 'jan',
  label: 'Jan',
  ports: [1337],
  operations: [],
  async recognise(talk) {
    const told = description.safeParse(await talk.json('/openapi.json')).data
    return told === undefined || (await openAiModels(talk)) === null ? null : { version: told.info.version ?? null }
  },
  models: (talk) => listedModels(talk, () => null),
}

/** Whatever else has a list of models as OpenAI's dialect writes it. */
export const openAiCompatible: EngineProfile = {
  kind: 'openai',
  label: 'OpenAI-compatible',
  ports: [],
  operations: [],
  recognise: async (talk) =>
    (await openAiModels(talk)) !== null || (await openAiModels(talk, '/models')) !== null ? { version: null } : null,
  models: (talk) => listedModels(talk, () => null),
}
