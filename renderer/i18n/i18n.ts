import { createInstance, type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { createValues } from './values.ts'
import { english } from './en/catalogue.ts'
import { languages } from './languages.ts'
import { withAllForms } from './plural-forms.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: typeof english
  }
}

/**
 * The translator of the window, which speaks English until `showLanguage`. All texts come with the program: nothing is
 * loaded from anywhere else. `preferred` are the person's own locales, for how numbers are written.
 */
export async function createI18n(preferred: readonly string[] = []): Promise<i18n> {
  const instance = createInstance()
  await instance
    .use(initReactI18next)
    .use(createValues(preferred))
    .init({
      lng: 'en',
      fallbackLng: 'en',
      defaultNS: 'common',
      resources: { en: english },
      // React escapes what it shows
      interpolation: { escapeValue: false, alwaysFormat: true },
    })
  return instance
}

/**
 * Loads a language of `languages` and switches to it; the former one is shown until then, and if another is asked for
 * meanwhile, that one wins. False when its texts could not be loaded: then everything stays as it is.
 */
export async function showLanguage(i18n: i18n, tag: string, signal?: AbortSignal): Promise<boolean> {
  const language = languages[tag]
  if (language === undefined) return false
  if (!i18n.hasResourceBundle(tag, 'common')) {
    try {
      const texts = withAllForms(await language.texts(), tag)
      for (const [namespace, bundle] of Object.entries(texts)) i18n.addResourceBundle(tag, namespace, bundle)
    } catch {
      return false
    }
  }
  if (signal?.aborted === true) return false
  if (i18n.language !== tag) await i18n.changeLanguage(tag)
  return true
}
