import { createHash } from 'node:crypto'
import { FcnError } from '../errors.ts'
import type { ListCall } from './dialect.ts'
import { said } from './form.ts'
import { outlineOf } from './outline.ts'

/** What is told of a model; null: not known. */
export interface ListedModel {
  name: string
  uses: readonly ('chat' | 'completion' | 'embedding' | 'vision' | 'tools')[]
  /** Tokens that fit. */
  contextLength: number | null
  /** Bytes. */
  size: number | null
  /** "3.2B", "Q4_K_M" */
  parameters: string | null
  quantization: string | null
  /** In memory somewhere. */
  loaded: boolean | null
}

export interface ListFacts {
  /** Milliseconds since 1970-01-01 UTC: the forms want times, and those of the files are not known. */
  now: number
  /** The body of the request, read; only `ollama.show` has one. */
  body?: unknown
}

/** The version of Ollama whose calls these are; programs look whether it is new enough. */
export const ollamaVersion = '0.12.6'
/** What `GET /` answers at an Ollama: some programs look for it. */
export const ollamaGreeting = 'Ollama is running'

/** The JSON of a list of models, or of one. Throws `not_found` for a model that is not in it. */
export function writeList(call: ListCall, models: readonly ListedModel[], facts: ListFacts): unknown {
  const one = () => oneOf(models, call.model ?? outlineOf(call, facts.body).model)
  switch (call.operation) {
    case 'openai.models':
      return { object: 'list', data: models.map((model) => openAiModel(model, facts)) }
    case 'openai.model':
      return openAiModel(one(), facts)
    case 'anthropic.models':
      return {
        data: models.map((model) => anthropicModel(model, facts)),
        has_more: false,
        first_id: models[0]?.name ?? null,
        last_id: models.at(-1)?.name ?? null,
      }
    case 'anthropic.model':
      return anthropicModel(one(), facts)
    case 'ollama.tags':
      return { models: models.map((model) => ollamaModel(model, facts)) }
    case 'ollama.ps':
      return { models: models.filter(({ loaded }) => loaded === true).map((model) => ollamaLoaded(model)) }
    case 'ollama.show':
      return ollamaDetails(one(), facts)
    case 'ollama.version':
      return { version: ollamaVersion }
  }
}

/** Ollama’s clients leave this end of a name out. */
const usualTag = ':latest'

function oneOf(models: readonly ListedModel[], asked: string): ListedModel {
  const named = (name: string) => models.find((model) => model.name === name)
  const found = named(asked) ?? named(`${asked}${usualTag}`)
  if (found !== undefined) return found
  throw modelNotFound(asked)
}

/** `details.model` makes it the error by which programs know that there is no such model. */
export const modelNotFound = (model: string): FcnError =>
  new FcnError('not_found', `There is no model “${model.slice(0, 200)}” in the meshes of this node.`, {
    details: { model: model.slice(0, 200) },
  })

const isoTime = (ms: number) => new Date(ms).toISOString()

const openAiModel = ({ name }: ListedModel, { now }: ListFacts) => ({
  id: name,
  object: 'model',
  created: Math.floor(now / 1000),
  owned_by: 'mesh',
})

const anthropicModel = ({ name }: ListedModel, { now }: ListFacts) => ({
  type: 'model',
  id: name,
  display_name: name,
  created_at: isoTime(now),
})

/** Programs cut it to twelve letters, so it must have that many; the one of the file is not known. */
const digestOf = (name: string) => createHash('sha256').update(name).digest('hex')

const detailsOf = ({ parameters, quantization }: ListedModel) => ({
  parent_model: '',
  format: 'gguf',
  family: '',
  families: [],
  parameter_size: parameters ?? '',
  quantization_level: quantization ?? '',
})

const ollamaModel = (model: ListedModel, { now }: ListFacts) => ({
  name: model.name,
  model: model.name,
  modified_at: isoTime(now),
  size: model.size ?? 0,
  digest: digestOf(model.name),
  details: detailsOf(model),
})

/** When it leaves memory is known by its engine only; Ollama writes this date for “not soon”. */
const notSoon = '2318-01-01T00:00:00Z'

const ollamaLoaded = (model: ListedModel) => ({
  name: model.name,
  model: model.name,
  size: model.size ?? 0,
  digest: digestOf(model.name),
  details: detailsOf(model),
  expires_at: notSoon,
  size_vram: 0,
  ...said({ context_length: model.contextLength }),
})

/** Programs look for the context length at a key that begins with the architecture, whatever it is called. */
const architecture = 'unknown'

const ollamaDetails = (model: ListedModel, { now }: ListFacts) => ({
  modelfile: '',
  parameters: '',
  template: '',
  details: detailsOf(model),
  model_info: {
    'general.architecture': architecture,
    ...said({ [`${architecture}.context_length`]: model.contextLength }),
  },
  capabilities: capabilitiesOf(model),
  modified_at: isoTime(now),
})

function capabilitiesOf({ uses }: ListedModel): string[] {
  const has = (use: ListedModel['uses'][number]) => uses.includes(use)
  return [
    ...(has('chat') || has('completion') ? ['completion'] : []),
    ...(has('vision') ? ['vision'] : []),
    ...(has('tools') ? ['tools'] : []),
    ...(has('embedding') ? ['embedding'] : []),
  ]
}
