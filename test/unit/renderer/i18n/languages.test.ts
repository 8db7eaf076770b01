import { describe, expect, it } from 'vitest'
import { english } from '../../../../renderer/i18n/en/catalogue.ts'
import { createI18n } from '../../../../renderer/i18n/i18n.ts'
import { languageFor, languages } from '../../../../renderer/i18n/languages.ts'

/** Every text with its place, e.g. `peers.empty.title`. */
const textsOf = (value: object, path = ''): [string, string][] =>
  Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    typeof inner === 'object' && inner !== null ? textsOf(inner, `${path}${key}.`) : [[`${path}${key}`, String(inner)] as [string, string]],
  )
const blanksOf = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').toSorted((a, b) => a.localeCompare(b))

describe('languages', () => {
  it.each(Object.entries(languages))('%s has every text with the same blanks as English', (_tag, { texts }) => {
    const own = new Map(textsOf(texts))
    for (const [path, text] of textsOf(english)) expect([path, blanksOf(own.get(path) ?? '')]).toEqual([path, blanksOf(text)])
  })

  it('falls back from a region to its language, and from an unknown one to English', () => {
    expect(languageFor('en-GB')).toBe('en')
    expect(languageFor('xx')).toBe('en')
    expect(languageFor('constructor')).toBe('en')
  })

  it('counts with plural forms', async () => {
    const { t } = await createI18n('en')
    expect(t('requestsWait', { count: 1 })).toBe('1 request waits')
    expect(t('requestsWait', { count: 2 })).toBe('2 requests wait')
  })

  it('has no exclamation marks, no please and no blame', () => {
    expect(textsOf(english).filter(([, text]) => /!|\bplease\b|successfully|\binvalid\b/i.test(text))).toEqual([])
  })
})
