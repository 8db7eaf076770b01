import type { FormatterModule } from 'i18next'
import { localeFor } from './format.ts'
import { isolated } from './isolate.ts'
import { directionOf } from './languages.ts'

/** Numbers that name something instead of counting: written as they are on the other computer, in every language. */
const names: ReadonlySet<unknown> = new Set(['port', 'from', 'to', 'pid', 'status', 'seq'])

/**
 * Writes what is put into a text: numbers as people of its language write amounts, and names so that they do not mix
 * with the words around them where these run from right to left. `preferred` are the person's own locales.
 */
export function createValues(preferred: readonly string[]): FormatterModule {
  const formats = new Map<string, Intl.NumberFormat>()
  const amount = (value: number, language: string) => {
    const format = formats.get(language) ?? new Intl.NumberFormat(localeFor(language, preferred))
    formats.set(language, format)
    return format.format(value)
  }
  return {
    type: 'formatter',
    init: () => undefined,
    add: () => undefined,
    addCached: () => undefined,
    format(value: unknown, _format, language = 'en', options) {
      if (typeof value === 'number' && !names.has(options?.['interpolationkey'])) return amount(value, language)
      return directionOf(language) === 'rtl' && typeof value === 'string' && value !== '' ? isolated(value) : (value as string)
    },
  }
}
