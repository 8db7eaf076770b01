import { describe, expect, it } from 'vitest'
import { createI18n, showLanguage } from '../../../../renderer/i18n/i18n.ts'
import { languageFor } from '../../../../renderer/i18n/languages.ts'
import { withAllForms } from '../../../../renderer/i18n/plural-forms.ts'

describe('languages', () => {
  it('fall back from a region to the language, and from an unknown one to English', () => {
    expect(languageFor('de-AT', [])).toBe('de')
    expect(languageFor('xx', ['de'])).toBe('en')
    expect(languageFor('constructor', [])).toBe('en')
  })

  it('are those of the system while nobody chose one: the first that there is', () => {
    expect(languageFor('system', ['nl-NL', 'fr-CA', 'de'])).toBe('fr')
    expect(languageFor('system', [])).toBe('en')
  })

  it('count with plural forms, and write amounts but no ports as their people do', async () => {
    const i18n = await createI18n(['en-GB'])
    expect(i18n.t('requestsWait', { count: 1 })).toBe('1 request waits')
    expect(i18n.t('requestsWait', { count: 1200 })).toBe('1,200 requests wait')
    expect(i18n.t('settings:portHelp', { port: 3000 })).toContain('3000')
  })

  it('are loaded when they are shown, and the one asked for last wins', async () => {
    const i18n = await createI18n()
    const first = new AbortController()
    const late = showLanguage(i18n, 'de', first.signal)
    first.abort()
    expect(await showLanguage(i18n, 'fr')).toBe(true)
    expect(await late).toBe(false)
    expect(i18n.language).toBe('fr')
    expect(await showLanguage(i18n, 'tlh')).toBe(false)
  })

  it('say a form that was not translated like the general one, as whole millions in Spanish', () => {
    const texts = { common: { peerCount_one: '{{count}} par', peerCount_other: '{{count}} pares' } }
    expect(withAllForms(texts, 'es')).toEqual({ common: { ...texts.common, peerCount_many: '{{count}} pares' } })
  })
})
