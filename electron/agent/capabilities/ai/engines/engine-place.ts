import type { EngineKind, EngineModel, EngineView } from '../../../../contract/ai.ts'
import type { WorkOperation } from '../../../dialects/dialect.ts'

/** Where an engine answers, and the key it wants. The URL never ends in a slash or `/v1`. */
export interface EngineAddress {
  url: string
  key: string | null
}

/** Somewhere an engine may be. */
export interface EnginePlace extends EngineAddress {
  id: string
  origin: Exclude<EngineView['origin'], 'embedded'>
  /** What its owner calls it. */
  name: string | null
}

/** What an engine is, found out by asking it; it stays the same until the program there is another one. */
export interface EngineFacts {
  kind: EngineKind
  /** Of the program, e.g. "Ollama". */
  label: string
  version: string | null
  /** Begin of the paths of OpenAI's dialect: `/v1`, or empty for addresses that have it, or something else, in them. */
  openAiPath: '/v1' | ''
  /** Calls it answers itself; others are translated. */
  operations: ReadonlySet<WorkOperation>
}

/** An engine that can be asked now. */
export interface ReadyEngine {
  id: string
  facts: EngineFacts
  models: readonly EngineModel[]
  /** Bytes of memory for models that are free; null: it does not tell. */
  freeMemory: number | null
  /** Its address now; the engine of this node may have to start first. Throws FcnErrors, and the signal's reason. */
  connect(signal: AbortSignal): Promise<EngineAddress>
}

/** A path of a dialect at an engine. */
export const pathAt = ({ openAiPath }: Pick<EngineFacts, 'openAiPath'>, path: string): string =>
  openAiPath === '' ? path.replace(/^\/v1(?=\/)/u, '') : path

/** How an engine wants to be shown its key: OpenAI's way, which all of them take, and Anthropic's. */
export const keyHeaders = (key: string | null): Record<string, string> =>
  key === null ? {} : { authorization: `Bearer ${key}`, 'x-api-key': key }
