import type { AiTerms } from '../../../../contract/ai.ts'
import type { NodeId } from '../../../components.ts'
import type { WorkOperation } from '../../../dialects/dialect.ts'
import { FcnError } from '../../../errors.ts'
import type { ModelList } from '../../../protocol/model-list.ts'
import type { Clock } from '../../../support/clock.ts'
import type { ReadyEngine } from '../engines/engine-place.ts'
import { budgetSpent, isShared, type ModelCaller, tokensLeft } from '../terms/terms.ts'
import { untilMidnight } from '../usage/local-day.ts'
import { type Place, placesOf } from './choose-engine.ts'
import { listedModels } from './listed-models.ts'
import type { ModelPaces } from './model-pace.ts'

interface ModelOfferComponents {
  ready: () => readonly ReadyEngine[]
  terms: () => AiTerms
  /** Tokens that a peer had today. */
  usedToday: (peer: NodeId) => number
  paces: Pick<ModelPaces, 'of'>
  clock: Clock
}

/** What each caller may have of the models here, by the owner's terms. */
export interface ModelOffer {
  list(caller: ModelCaller): ModelList
  /** Where the model can run, best first; not empty. Throws `not_found`, `not_granted`, `budget_spent`. */
  placesFor(caller: ModelCaller, wanted: { model: string; operation: WorkOperation }): Place[]
}

export function createModelOffer({ ready, terms, usedToday, paces, clock }: ModelOfferComponents): ModelOffer {
  const left = (caller: ModelCaller) => tokensLeft(terms(), caller, caller === null ? 0 : usedToday(caller))
  return {
    list: (caller) => ({
      models: listedModels(ready(), { isAllowed: (model) => isShared(terms(), caller, model), paceOf: paces.of }),
      tokensLeft: left(caller),
    }),
    placesFor(caller, wanted) {
      const places = placesOf(ready(), wanted, paces.of)
      if (places.length === 0) throw noSuchModel(wanted.model)
      const shared = places.filter(({ model }) => isShared(terms(), caller, model.name))
      if (shared.length === 0) throw notShared(wanted.model)
      if (left(caller) === 0) throw budgetSpent(Math.ceil(untilMidnight(clock.now()) / 1_000))
      return shared
    },
  }
}

const noSuchModel = (model: string) =>
  new FcnError('not_found', `No engine of this node has the model “${model.slice(0, 128)}”.`, {
    action: 'Ask for one of those in the list of models, or get it in an engine.',
    details: { reason: 'no_model' },
  })

const notShared = (model: string) =>
  new FcnError('not_granted', `The owner of this node does not share the model “${model.slice(0, 128)}” with your node.`, {
    action: 'Ask for another model, or ask the owner.',
  })
