import type { EmbeddedView, EngineModel, EngineView, ModelFile } from '../../../contract/ai.ts'
import type { Startable } from '../../components.ts'
import { FcnError } from '../../errors.ts'
import { createEmitter, type Signal } from '../../support/signal.ts'
import type { ReadyEngine } from './engines/engine-place.ts'

/** The engine that comes with this node, which starts its process when it is asked. It speaks OpenAI's dialect. */
export interface OwnEngine extends Startable {
  /** Something that `view` or `models` says is another. */
  readonly changed: Signal<void>
  view(): EmbeddedView
  /** The models of its files, also while no process runs. */
  models(): EngineModel[]
  /** Where it answers now. Throws `backend_failed` when it does not start, the signal's reason. */
  connect(signal: AbortSignal): Promise<{ url: string; key: string }>
  /** Throws `not_found`, `invalid_input`, `conflict`, `too_many`. */
  add(file: { path: string; name?: string }): Promise<ModelFile>
  /** Throws `not_found`. */
  remove(model: string): Promise<ModelFile>
}

const none = () =>
  new FcnError('not_found', 'This node has no engine of its own.', {
    action: 'Install Ollama or another engine, which this node then finds.',
  })

/** Of a node without one. */
export const noOwnEngine = (): OwnEngine => ({
  changed: createEmitter(),
  view: () => ({ state: 'missing', problem: null, files: [] }),
  models: () => [],
  connect: () => Promise.reject(none()),
  add: () => Promise.reject(none()),
  remove: () => Promise.reject(none()),
  start: async () => undefined,
  stop: async () => undefined,
})

const id = 'embedded'
export const ownEngineLabel = 'Engine of this node'

/** It as one of the engines that can be asked; none while it has no models. */
export function readyOwnEngine(own: OwnEngine): ReadyEngine[] {
  const models = own.view().state === 'ready' ? own.models() : []
  if (models.length === 0) return []
  const facts = { kind: 'embedded', label: ownEngineLabel, version: null, openAiPath: '/v1', operations: ownOperations } as const
  return [{ id, facts, models, freeMemory: null, connect: (signal) => own.connect(signal) }]
}

const ownOperations = new Set(['openai.chat', 'openai.completion', 'openai.embed'] as const)

/** It as the faces show it; none while it has no files. Its address is another at each start, and nobody's business. */
export function ownEngineView(own: OwnEngine): EngineView[] {
  const { state, problem, files } = own.view()
  if (files.length === 0) return []
  return [
    {
      id,
      kind: 'embedded',
      name: ownEngineLabel,
      url: '',
      origin: 'embedded',
      hasKey: true,
      state: state === 'ready' ? 'ready' : 'problem',
      problem,
      version: null,
      freeMemory: null,
      models: own.models(),
    },
  ]
}
