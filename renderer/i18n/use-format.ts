import type { i18n } from 'i18next'
import { useTranslation } from 'react-i18next'
import { createFormat, type Format, localeFor } from './format.ts'

/** Making formatters costs more than drawing a row, and every row needs them: the last ones are kept with their translator. */
const made = new WeakMap<i18n, { language: string; format: Format }>()

/** Formatters of the language that is shown; the same object as long as the language is. */
export function useFormat(): Format {
  const { i18n } = useTranslation()
  const known = made.get(i18n)
  if (known?.language === i18n.language) return known.format
  const format = createFormat(localeFor(i18n.language, navigator.languages))
  made.set(i18n, { language: i18n.language, format })
  return format
}
