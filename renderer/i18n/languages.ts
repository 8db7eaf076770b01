import { english } from './en/catalogue.ts'

/** Every language must carry the same keys as English; `name` is the language's own word for itself. */
export interface Language {
  name: string
  direction: 'ltr' | 'rtl'
  texts: typeof english
}

/** Languages of the window, by BCP 47 tag. To add one: a folder beside `en/`, and a line here. */
export const languages: Readonly<Record<string, Language>> = {
  en: { name: 'English', direction: 'ltr', texts: english },
}

/** The language to show for what the settings ask: the same, the same without region, or English. */
export function languageFor(tag: string): string {
  if (Object.hasOwn(languages, tag)) return tag
  const base = tag.split('-')[0] ?? 'en'
  return Object.hasOwn(languages, base) ? base : 'en'
}
