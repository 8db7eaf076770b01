/** Language models of a mesh: the engines that run them, where each model is, and on what terms it is shared. */
import { z } from 'zod'
import { failure } from './failure.ts'
import { portHolder } from './programs.ts'
import { whyNot } from './routing.ts'

/** Milliseconds since 1970-01-01 UTC. */
const time = z.number()
const someone = z.object({ id: z.string(), name: z.string() })

/** Name of a model as its engine writes it, e.g. `llama3.2:3b`. */
export const modelName = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\w.:/@+-]+$/u, 'a model’s name has letters, digits and . : / @ + - _')

/** Programs that run models. `openai`: any other server that speaks OpenAI’s dialect. `embedded`: this node’s own. */
export const engineKind = z.enum(['ollama', 'lmstudio', 'llamacpp', 'vllm', 'jan', 'localai', 'openai', 'embedded'])
export type EngineKind = z.infer<typeof engineKind>

/** What a model is for. `tools` and `vision` are about chat. */
export const modelUse = z.enum(['chat', 'completion', 'embedding', 'vision', 'tools'])
export type ModelUse = z.infer<typeof modelUse>

/** A model as an engine tells of it; null: it does not tell. */
export const engineModel = z.object({
  name: modelName,
  uses: z.array(modelUse).max(5),
  /** Tokens that fit. */
  contextLength: z.number().int().positive().nullable(),
  /** Bytes on disk, or in memory. */
  size: z.number().nonnegative().nullable(),
  /** As the engine writes them: "3.2B", "Q4_K_M". */
  parameters: z.string().max(32).nullable(),
  quantization: z.string().max(32).nullable(),
  /** In memory now, so that its first word comes soon. */
  loaded: z.boolean().nullable(),
})
export type EngineModel = z.infer<typeof engineModel>

/** A program on this computer, or one whose address was given, that runs models. */
export const engineView = z.object({
  id: z.string(),
  kind: engineKind,
  /** "Ollama", or what its owner calls it. */
  name: z.string().max(64),
  url: z.string(),
  /** `found` on a usual port · `given` by a person · `embedded`: this node’s own */
  origin: z.enum(['found', 'given', 'embedded']),
  /** It is asked with a key. */
  hasKey: z.boolean(),
  state: z.enum(['starting', 'ready', 'problem']),
  problem: failure.nullable(),
  version: z.string().max(64).nullable(),
  /** Bytes of memory for models that are free, where it tells. */
  freeMemory: z.number().nonnegative().nullable(),
  models: z.array(engineModel).max(200),
})
export type EngineView = z.infer<typeof engineView>

/** Why a place is not asked for a model. */
export const placeWhyNot = z.union([whyNot, z.enum(['no_memory', 'budget_spent'])])
export type PlaceWhyNot = z.infer<typeof placeWhyNot>

/** Where a model can be used, and how it does there. */
export const modelPlace = z.object({
  node: someone,
  own: z.boolean(),
  engine: engineKind,
  loaded: z.boolean().nullable(),
  /** Requests under way and waiting there, of whoever. */
  busy: z.number().int().nonnegative(),
  /** As it was there lately, ms and tokens per second; null before the first request. */
  firstTokenMs: z.number().nonnegative().nullable(),
  tokensPerSecond: z.number().nonnegative().nullable(),
  /** Why it is not asked; null when it would be. */
  whyNot: placeWhyNot.nullable(),
})
export type ModelPlace = z.infer<typeof modelPlace>

/** Models that are shown, and places of each. */
export const maxModels = 500
export const maxPlaces = 64

/** One model of the mesh, wherever it is. */
export const modelView = engineModel.omit({ loaded: true }).extend({ places: z.array(modelPlace).max(maxPlaces) })
export type ModelView = z.infer<typeof modelView>

/** A name of the user’s own for the first of a list of models that is to be had: `fast`, `coder`. */
export const modelAliases = z.record(modelName, z.array(modelName).min(1).max(16)).refine((all) => Object.keys(all).length <= 64, {
  message: 'at most 64 names',
})

/** On which of the engines’ usual ports this node answers, so that programs need no change. */
export const engineDoor = z.enum(['ollama', 'lmstudio'])
export type EngineDoor = z.infer<typeof engineDoor>
/** Their ports. */
export const doorPorts: Record<EngineDoor, number> = { ollama: 11434, lmstudio: 1234 }

/** What the owner lets peers have of the models here. Who they are is the word of the grants, when that of the conditions. */
export const aiTerms = z
  .object({
    /** Model → the node ids that may use it, or everybody who may use the capability. Null: every model, everybody. */
    models: z.record(modelName, z.union([z.literal('all'), z.array(z.string().max(64)).max(64)])).nullable(),
    /** Tokens, read and written, that one peer may have of this node between two midnights (local time); null: no limit. */
    tokensPerPeerAndDay: z.number().int().min(1).nullable(),
  })
  .strict()
export type AiTerms = z.infer<typeof aiTerms>
export const defaultAiTerms: AiTerms = { models: null, tokensPerPeerAndDay: null }

/** A change of what a person chose; absent: as it is. */
export const aiChange = z
  .object({ aliases: modelAliases, doors: z.array(engineDoor).max(2), needsKey: z.boolean(), terms: aiTerms.partial() })
  .partial()
  .strict()
export type AiChange = z.infer<typeof aiChange>

/** Tokens that went to one peer, or came from it, today. */
export const aiUse = z.object({
  peer: someone,
  /** `served`: by this node for the peer · `asked`: by the peer for programs here */
  direction: z.enum(['served', 'asked']),
  requests: z.number().int(),
  tokensIn: z.number(),
  tokensOut: z.number(),
})
export type AiUse = z.infer<typeof aiUse>

/** A model file (GGUF) that this node runs by itself. */
export const modelFile = z.object({
  model: modelName,
  path: z.string().max(4096),
  size: z.number().nonnegative(),
  state: z.enum(['resting', 'starting', 'running', 'problem']),
  problem: failure.nullable(),
})
export type ModelFile = z.infer<typeof modelFile>

/** The engine that comes with this node as an optional package. */
export const embeddedView = z.object({
  /** `missing`: the package is not installed; `problem` then says how to get it. */
  state: z.enum(['missing', 'ready', 'problem']),
  problem: failure.nullable(),
  files: z.array(modelFile).max(32),
})
export type EmbeddedView = z.infer<typeof embeddedView>

export const aiView = z.object({
  /** Where programs on this computer ask, whatever their dialect: `http://127.0.0.1:3000`. */
  url: z.string(),
  aliases: modelAliases,
  /** Programs on this computer need the API key. Beyond it they always do. */
  needsKey: z.boolean(),
  doors: z.array(
    z.object({
      door: engineDoor,
      port: z.number().int(),
      chosen: z.boolean(),
      state: z.enum(['off', 'listening', 'taken', 'failed']),
      /** Who has the port, where the system tells. */
      holder: portHolder.nullable(),
    }),
  ),
  terms: aiTerms,
  engines: z.array(engineView).max(32),
  embedded: embeddedView,
  models: z.array(modelView).max(maxModels),
  use: z.array(aiUse).max(64),
})
export type AiView = z.infer<typeof aiView>

/** One message of a chat by which a person tries a model. */
export const trialMessage = z.object({ role: z.enum(['user', 'assistant']), text: z.string().max(200_000) }).strict()

/** How far the answer has come. */
export const trialAnswer = z.object({
  id: z.string(),
  /** Text from the asked position on. */
  text: z.string(),
  /** Position behind that text. */
  end: z.number().int(),
  state: z.enum(['running', 'done', 'stopped', 'failed']),
  /** Where it runs, as soon as that is known. */
  node: someone.nullable(),
  model: z.string(),
  firstTokenMs: z.number().nullable(),
  tokensPerSecond: z.number().nullable(),
  tokensOut: z.number().int().nullable(),
  problem: failure.nullable(),
  startedAt: time,
})
export type TrialAnswer = z.infer<typeof trialAnswer>
