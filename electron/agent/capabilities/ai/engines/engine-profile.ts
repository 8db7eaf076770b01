import { type EngineKind, type EngineModel, engineModel, type ModelUse } from '../../../../contract/ai.ts'
import type { WorkOperation } from '../../../dialects/dialect.ts'
import type { EngineTalk } from './ask-engine.ts'

/** Most models of one engine that are kept; the rest is left out. */
export const maxModels = 200

/** What was learnt of models one by one, by what does not change (a digest): asked once. Owned by whoever watches the engine. */
export type ModelNotes = Map<string, unknown>

/** How one kind of engine is known and asked. Without state. */
export interface EngineProfile {
  kind: EngineKind
  /** For people: "Ollama". */
  label: string
  /** Where such an engine listens unless told otherwise. */
  ports: readonly number[]
  /** Calls it answers besides those of OpenAI's dialect. */
  operations: readonly WorkOperation[]
  /** Null when the program is another. Told by what it says of itself, never by its port. */
  recognise(talk: EngineTalk): Promise<{ version: string | null } | null>
  /** Its models now, in its own order. Throws as `EngineTalk`, and `bad_answer`. */
  models(talk: EngineTalk, notes: ModelNotes): Promise<EngineModel[]>
}

/** Models as engines tell of them, without those whose name or facts no other node would take. */
export const modelsOf = (told: readonly EngineModel[]): EngineModel[] =>
  told.flatMap((model) => engineModel.safeParse(model).data ?? []).slice(0, maxModels)

/** A model of which nothing but the name is known. */
export const bareModel = (name: string): EngineModel => ({
  ...{ name, uses: guessedUses(name), contextLength: null, size: null, parameters: null, quantization: null, loaded: null },
})

/** Embedding models have it in their names; an engine that tells is believed instead. */
const guessedUses = (name: string): ModelUse[] =>
  /embed|\bbge\b|minilm|\be5\b|\bgte\b/iu.test(name) ? ['embedding'] : ['chat', 'completion']

const steps = [
  [1e9, 'B'],
  [1e6, 'M'],
] as const

/** 3_212_749_888 as "3.2B". */
export function parametersText(count: number | undefined): string | null {
  if (count === undefined || !Number.isFinite(count) || count <= 0) return null
  const [size, letter] = steps.find(([least]) => count >= least) ?? [1e3, 'K']
  return `${Number((count / size).toFixed(1))}${letter}`
}
