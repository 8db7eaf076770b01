import type { Catalogue } from './catalogue.ts'
import { english } from './en/catalogue.ts'

/** `name` is the language's own word for itself. Only English is part of the first load. */
export interface Language {
  name: string
  direction: 'ltr' | 'rtl'
  /** Its texts; what it lacks is shown in English. Rejects when the program was updated under an open page. */
  texts(): Promise<Catalogue>
}

/** Languages of the window, by BCP 47 tag. To add one: a folder beside `en/`, and a line here. */
export const languages: Readonly<Record<string, Language>> = {
  en: { name: 'English', direction: 'ltr', texts: async () => english },
  de: { name: 'Deutsch', direction: 'ltr', texts: async () => (await import('./de/german.ts')).german },
  es: { name: 'Español', direction: 'ltr', texts: async () => (await import('./es/spanish.ts')).spanish },
  fr: { name: 'Français', direction: 'ltr', texts: async () => (await import('./fr/french.ts')).french },
  ar: { name: 'العربية', direction: 'rtl', texts: async () => (await import('./ar/arabic.ts')).arabic },
}

/** In the settings: whichever language the system or the browser asks for. */
export const asSystem = 'system'

/** The language to show for what the settings ask, or for the first of `preferred` that there is; else English. */
export function languageFor(chosen: string, preferred: readonly string[]): string {
  const wanted = chosen === asSystem ? preferred : [chosen]
  return wanted.map(known).find((tag) => tag !== null) ?? 'en'
}

/** The tag itself, or without its region. */
const known = (tag: string): string | null => [tag, tag.split('-')[0] ?? ''].find((each) => Object.hasOwn(languages, each)) ?? null

export const directionOf = (language: string): Language['direction'] => languages[language]?.direction ?? 'ltr'
