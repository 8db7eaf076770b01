/** What a catalogue consists of, seen as data. */
export interface Texts {
  readonly [key: string]: string | readonly string[] | Texts
}

const other = '_other'

/**
 * The catalogue with every plural form that the language has: one that is not given is said like `other`, as CLDR has it.
 * In Spanish and French only whole millions need that, and nothing here is counted so far.
 */
export function withAllForms(catalogue: Texts, language: string): Texts {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
  const complete = (texts: Texts): Texts => {
    const counted = Object.keys(texts).filter((key) => key.endsWith(other))
    const missing = counted.flatMap((key) => {
      const text = texts[key]
      return text === undefined ? [] : forms.map((form) => [`${key.slice(0, -other.length)}_${form}`, text] as const)
    })
    const own = Object.entries(texts).map(([key, text]) => [key, isTexts(text) ? complete(text) : text] as const)
    return Object.fromEntries([...missing, ...own])
  }
  return complete(catalogue)
}

const isTexts = (text: Texts[string]): text is Texts => typeof text === 'object' && !Array.isArray(text)
