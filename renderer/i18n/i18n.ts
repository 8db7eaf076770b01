import { createInstance, type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { english } from './en/catalogue.ts'
import { languageFor, languages } from './languages.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: typeof english
  }
}

/** The translator of the window. All texts are bundled: nothing is loaded from anywhere. */
export async function createI18n(language: string): Promise<i18n> {
  const instance = createInstance()
  await instance.use(initReactI18next).init({
    lng: languageFor(language),
    fallbackLng: 'en',
    defaultNS: 'common',
    resources: Object.fromEntries(Object.entries(languages).map(([tag, { texts }]) => [tag, texts])),
    // React escapes what it shows
    interpolation: { escapeValue: false },
  })
  return instance
}
