import { useTranslation } from 'react-i18next'
import { createFormat, type Format, localeFor } from './format.ts'

/** Making formatters costs more than drawing a row, and every row needs them: those of each language that was shown are kept. */
const made = new Map<string, Format>()

/** Formatters of the language that is shown; the same object as long as the language is. */
export function useFormat(): Format {
  // the translator itself is another object for every component that asks for it
  const { language } = useTranslation().i18n
  const known = made.get(language)
  if (known !== undefined) return known
  const format = createFormat(localeFor(language, navigator.languages))
  made.set(language, format)
  return format
}
