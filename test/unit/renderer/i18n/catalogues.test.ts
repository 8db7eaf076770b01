import { describe, expect, it } from 'vitest'
import { english } from '../../../../renderer/i18n/en/catalogue.ts'
import { languages } from '../../../../renderer/i18n/languages.ts'
import { blanksOf, tagsOf, textsOf } from '../../../support/catalogue-texts.ts'

const source = new Map(textsOf(english))
const plural = /_(?:zero|one|two|few|many|other)$/u
/** Of `requests_few` it is `requests`, where English counts requests; of any other path the path itself. */
const countedOf = (path: string) => {
  const name = path.replace(plural, '')
  return source.has(`${name}_other`) ? name : path
}
/** Whole millions: said like the other numbers here (see plural-forms.ts). */
const mayLack: Readonly<Record<string, readonly string[]>> = { es: ['many'], fr: ['many'] }

/** Every path that a language needs, by the plural forms that its people use. */
function neededPaths(language: string): Set<string> {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.filter((form) => !mayLack[language]?.includes(form))
  return new Set(
    [...source.keys()].flatMap((path) => {
      const name = countedOf(path)
      if (name === path) return [path]
      return [...forms.map((form) => `${name}_${form}`), ...(path.endsWith('_zero') ? [path] : [])]
    }),
  )
}

/** What is wrong with a text beside the English one; null when nothing is. A form for none, one or two may say its number in words. */
function flawOf(path: string, text: string): string | null {
  const original = source.get(path) ?? source.get(`${countedOf(path)}_other`) ?? ''
  const [own, theirs] = [blanksOf(text), blanksOf(original)]
  const unknown = own.filter((name) => !theirs.includes(name))
  const optional = path.endsWith('_zero') ? theirs : /_(?:one|two)$/u.test(path) ? ['count'] : []
  const lost = theirs.filter((name) => !own.includes(name) && !optional.includes(name))
  if (unknown.length + lost.length > 0) return `blanks: ${[...unknown, ...lost].join(', ')}`
  if (tagsOf(text).join() !== tagsOf(original).join()) return 'tags differ'
  return (text === '') === (original === '') ? null : 'empty'
}

const catalogues = await Promise.all(
  Object.entries(languages).map(async ([tag, { texts }]) => ({ tag, texts: new Map(textsOf(await texts())) })),
)

describe.each(catalogues)('the texts in $tag', ({ tag, texts }) => {
  it('are all there, in every plural form, and none is left over', () => {
    const needed = neededPaths(tag)
    const forms: readonly string[] = new Intl.PluralRules(tag).resolvedOptions().pluralCategories
    const known = (path: string) => needed.has(path) || (countedOf(path) !== path && forms.includes(path.split('_').at(-1) ?? ''))
    expect(
      [...needed].filter((path) => !texts.has(path)),
      'missing',
    ).toEqual([])
    expect(
      [...texts.keys()].filter((path) => !known(path)),
      'left over',
    ).toEqual([])
  })

  it('have the blanks and tags of the English ones', () => {
    const flaws = [...texts].map(([path, text]) => [path, flawOf(path, text)]).filter(([, flaw]) => flaw !== null)
    expect(flaws).toEqual([])
  })

  it('keep the voice: no exclamation marks, no please, no success, no blame', () => {
    const unwanted =
      /[!¡]|\bplease\b|successfully|\binvalid\b|\bbitte\b|erfolgreich|por favor|con éxito|s[’']il te plaît|veuillez|avec succès|من فضلك|بنجاح/iu
    expect([...texts].filter(([, text]) => unwanted.test(text))).toEqual([])
  })
})
