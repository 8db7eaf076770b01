/** Which engine of this node works on a request. Pure. */
import type { EngineModel } from '../../../../contract/ai.ts'
import type { WorkOperation } from '../../../dialects/dialect.ts'
import type { ReadyEngine } from '../engines/engine-place.ts'
import { isSameModel } from '../terms/model-name.ts'
import type { Pace } from './model-pace.ts'

export interface Place {
  engine: ReadyEngine
  model: EngineModel
}

type PaceOf = (engine: string, model: string) => Pace

/** Engines that have the model, the best first: it fits, is in memory, has least to do, needs no translation, is quick. */
export function placesOf(
  engines: readonly ReadyEngine[],
  { model, operation }: { model: string; operation: WorkOperation | null },
  paceOf: PaceOf,
): Place[] {
  const places = engines.flatMap((engine) => {
    const found = engine.models.find(({ name }) => name === model) ?? engine.models.find(({ name }) => isSameModel(name, model))
    return found === undefined ? [] : [{ engine, model: found }]
  })
  const ranked = places.map((place) => ({ place, rank: rankOf(place, paceOf(place.engine.id, place.model.name), operation) }))
  return ranked.toSorted((a, b) => compare(a.rank, b.rank)).map(({ place }) => place)
}

/** Smaller is better, the first difference decides. */
const rankOf = ({ engine, model }: Place, pace: Pace, operation: WorkOperation | null): number[] => [
  pace.lacksMemory ? 1 : 0,
  model.loaded === false ? 1 : 0,
  pace.busy,
  operation === null || engine.facts.operations.has(operation) ? 0 : 1,
  pace.firstTokenMs ?? 0,
]

function compare(a: readonly number[], b: readonly number[]): number {
  const place = a.findIndex((value, index) => value !== b[index])
  return place === -1 ? 0 : (a[place] as number) - (b[place] as number)
}
