/** A name of the user’s own for a list of models, being written. Pure. */
import { type AiView, modelAliases, modelName } from '../../../../electron/contract/ai.ts'

type Aliases = AiView['aliases']

/** A name and the models it stands for, the one asked for first at the beginning. */
export interface AliasDraft {
  name: string
  models: readonly string[]
}

/**
 * Why it cannot be saved. `characters`: no name of a model could be like that · `taken`: another list has the name ·
 * `model`: a model is called that, which goes before · `models`: it stands for nothing, or for too many
 */
export type AliasProblem = 'empty' | 'characters' | 'taken' | 'model' | 'models' | 'many'

/** `before` is the name it has now; null for a new one. */
export function problemOf(
  { name, models }: AliasDraft,
  before: string | null,
  ai: Pick<AiView, 'aliases' | 'models'>,
): AliasProblem | null {
  const wanted = name.trim()
  if (wanted === '') return 'empty'
  if (!modelName.safeParse(wanted).success) return 'characters'
  if (wanted !== before && Object.hasOwn(ai.aliases, wanted)) return 'taken'
  if (ai.models.some((model) => model.name === wanted)) return 'model'
  if (models.length === 0) return 'models'
  return modelAliases.safeParse(withAlias(ai.aliases, before, { name, models })).success ? null : 'many'
}

/** All names with this one in the place of `before`. */
export function withAlias(aliases: Aliases, before: string | null, { name, models }: AliasDraft): Aliases {
  const entry: [string, string[]] = [name.trim(), [...models]]
  const others = Object.entries(aliases)
  const all = before === null ? [...others, entry] : others.map((each) => (each[0] === before ? entry : each))
  return Object.fromEntries(all)
}

export const withoutAlias = (aliases: Aliases, name: string): Aliases =>
  Object.fromEntries(Object.entries(aliases).filter(([each]) => each !== name))
