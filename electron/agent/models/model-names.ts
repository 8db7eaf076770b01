/** What a name stands for. Pure. */

/** Ollama's way: no tag means this one, and OpenAI's clients leave it out or write it. */
const usualTag = ':latest'

/** Names of the models there are. */
interface Names {
  has(name: string): boolean
}

/** The name of the model that is there under this name; null when there is none. */
function known(name: string, models: Names): string | null {
  if (models.has(name)) return name
  const other = name.endsWith(usualTag) ? name.slice(0, -usualTag.length) : name + usualTag
  return models.has(other) ? other : null
}

/** Models that a name stands for, the preferred one first: the model of that name, else those of the user's list. Names in a list are no lists. */
export function modelsMeant(name: string, models: Names, aliases: Readonly<Record<string, readonly string[]>>): string[] {
  const exact = known(name, models)
  if (exact !== null) return [exact]
  const list = Object.hasOwn(aliases, name) ? (aliases[name] ?? []) : []
  return [...new Set(list.flatMap((each) => known(each, models) ?? []))]
}
