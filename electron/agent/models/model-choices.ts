import { z } from 'zod'
import { engineDoor, modelAliases } from '../../contract/ai.ts'
import type { MetaStore } from '../store/meta-store.ts'
import { parseJson } from '../support/json.ts'

/** What a person chose about asking for models. */
const modelChoices = z.object({
  aliases: modelAliases.catch({}),
  needsKey: z.boolean().catch(false),
  doors: z.array(engineDoor).max(2).catch([]),
})
export type ModelChoices = z.infer<typeof modelChoices>

export interface ModelChoiceStore {
  get(): ModelChoices
  /** Saves, then answers, what is chosen from now on. */
  update(change: Partial<ModelChoices>): ModelChoices
}

/** Kept in the node's own database, not in the settings file: names of models may tell more than a person wants to copy about. */
export function createModelChoices({ meta }: { meta: Pick<MetaStore, 'get' | 'set'> }): ModelChoiceStore {
  let chosen = modelChoices.catch({ aliases: {}, needsKey: false, doors: [] }).parse(parseJson(meta.get('model_choices') ?? '{}'))
  return {
    get: () => chosen,
    update(change) {
      const next = modelChoices.parse({ ...chosen, ...change })
      meta.set('model_choices', JSON.stringify(next))
      chosen = next
      return next
    },
  }
}
