/** On what terms peers get models of this computer, as the drawer shows and changes them. Pure. */
import { type AiTerms, aiTerms, defaultAiTerms, type EngineView } from '../../../../electron/contract/ai.ts'
import type { LimitKind } from '../../../ui/limits/typed-limits.ts'

/** Who may use a model: everybody who may use the capability, nobody, or those with these node ids. */
export type Who = 'all' | 'nobody' | readonly string[]

/** Names of the models here, each once. */
export const ownModels = (engines: readonly EngineView[]): string[] =>
  [...new Set(engines.flatMap(({ models }) => models.map(({ name }) => name)))].toSorted((a, b) => a.localeCompare(b))

/** Models to choose for: those that are here, and those that somebody chose for and that are away now. */
export const chosenFor = (models: AiTerms['models'], own: readonly string[]): string[] => [
  ...own,
  ...Object.keys(models ?? {}).filter((name) => !own.includes(name)),
]

export const whoMay = (models: AiTerms['models'], model: string): Who =>
  models === null ? 'all' : Object.hasOwn(models, model) ? (models[model] ?? 'nobody') : 'nobody'

/** The same for every model as it is now, before one of them is chosen for by itself. */
export const oneByOne = (models: AiTerms['models'], own: readonly string[]): NonNullable<AiTerms['models']> =>
  models ?? Object.fromEntries(own.map((name) => [name, 'all' as const]))

/** With another choice for one model. */
export function withWho(models: NonNullable<AiTerms['models']>, model: string, who: Who): NonNullable<AiTerms['models']> {
  const others = Object.entries(models).filter(([name]) => name !== model)
  return Object.fromEntries(who === 'nobody' ? others : [...others, [model, who === 'all' ? who : [...who]]])
}

/** How many of the models here somebody else may use; null: every one. */
export const sharedCount = (models: AiTerms['models'], own: readonly string[]): number | null =>
  models === null ? null : own.filter((name) => whoMay(models, name) !== 'nobody').length

/** Tokens that one peer may have in a day. */
export const tokenLimit: LimitKind<Pick<AiTerms, 'tokensPerPeerAndDay'>> = {
  units: { tokensPerPeerAndDay: 1 },
  allowed: { tokensPerPeerAndDay: aiTerms.shape.tokensPerPeerAndDay },
  usual: { tokensPerPeerAndDay: defaultAiTerms.tokensPerPeerAndDay },
}
