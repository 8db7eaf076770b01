import { defaultAiTerms } from '../../../contract/ai.ts'
import type { AiUsage, Engines } from '../../components.ts'
import { FcnError } from '../../errors.ts'
import { noModels } from '../../protocol/model-list.ts'
import { createEmitter } from '../../support/signal.ts'

const none = () => new FcnError('not_found', 'This node has no engines of its own.')

/** The serving side of a node that runs no engine. */
export const noEngines = (): Engines => ({
  changed: createEmitter(),
  list: () => [],
  models: () => noModels,
  terms: () => defaultAiTerms,
  setTerms: () => {
    throw none()
  },
  add: () => Promise.reject(none()),
  remove: () => Promise.reject(none()),
  embedded: () => ({ state: 'missing', problem: null, files: [] }),
  addFile: () => Promise.reject(none()),
  removeFile: () => Promise.reject(none()),
  start: async () => {},
  stop: async () => {},
})

export const noUsage = (): AiUsage => ({ changed: createEmitter(), count: () => {}, today: () => [], list: () => [] })
