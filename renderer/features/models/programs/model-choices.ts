import type { AiView } from '../../../../electron/contract/ai.ts'
import { canChat, firstToBeHad, modelStanding } from '../list/model-standing.ts'

/** Names that a program can ask for, the most useful first: the user’s own that lead somewhere, then models one can talk to. */
export function modelChoices({ models, aliases }: Pick<AiView, 'models' | 'aliases'>): string[] {
  const usable = (name: string) => models.some((model) => model.name === name && (modelStanding(model)?.usable ?? 0) > 0)
  const talking = models.filter(canChat).map(({ name }) => name)
  return [
    ...Object.entries(aliases).flatMap(([alias, names]) => (firstToBeHad(names, models) === null ? [] : [alias])),
    ...talking.filter(usable),
    ...talking.filter((name) => !usable(name)),
  ]
}
