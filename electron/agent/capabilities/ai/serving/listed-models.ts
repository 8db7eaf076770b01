/** The models that one caller may use here, as `GET /fcn/models` tells of them. Pure. */
import type { ListedModel } from '../../../protocol/model-list.ts'
import type { ReadyEngine } from '../engines/engine-place.ts'
import { type Place, placesOf } from './choose-engine.ts'
import type { Pace } from './model-pace.ts'

/** Most models in one answer, as its schema has it. */
const most = 200

export function listedModels(
  engines: readonly ReadyEngine[],
  { isAllowed, paceOf }: { isAllowed: (model: string) => boolean; paceOf: (engine: string, model: string) => Pace },
): ListedModel[] {
  const names = new Set(engines.flatMap(({ models }) => models.map(({ name }) => name)).filter(isAllowed))
  return [...names].slice(0, most).flatMap((name) => {
    const places = placesOf(engines, { model: name, operation: null }, paceOf)
    const [best] = places
    if (best === undefined) return []
    const { busy, firstTokenMs, tokensPerSecond } = paceOf(best.engine.id, best.model.name)
    return { ...best.model, engine: best.engine.facts.kind, busy, firstTokenMs, tokensPerSecond, fits: fits(best, paceOf) }
  })
}

function fits({ engine, model }: Place, paceOf: (engine: string, model: string) => Pace): boolean | null {
  if (model.loaded === true) return true
  if (paceOf(engine.id, model.name).lacksMemory) return false
  return engine.freeMemory === null || model.size === null ? null : model.size <= engine.freeMemory
}
