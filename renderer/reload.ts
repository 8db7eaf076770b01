/** Puts the words of the window's language into reload.html. Small on purpose: it stands where the page itself has crashed. */
import { english } from './i18n/en/catalogue.ts'
import { lastLanguage } from './i18n/last-language.ts'
import { directionOf, languageFor, languages } from './i18n/languages.ts'

/** The words of each element, by its `data-text`. */
const texts = { title: 'stopped.window', help: 'stopped.help', verb: 'stopped.reload' } as const

async function wordsIn(tag: string): Promise<Record<string, unknown>> {
  try {
    return { ...(await languages[tag]?.texts())?.common.stopped }
  } catch {
    return english.common.stopped // the texts of that language were lost with the rest
  }
}

const tag = languageFor(
  lastLanguage(() => localStorage),
  navigator.languages,
)
const words = await wordsIn(tag)
document.documentElement.lang = tag
document.documentElement.dir = directionOf(tag)
for (const [name, key] of Object.entries(texts)) {
  const text = words[key.replace('stopped.', '')]
  const element = document.querySelector(`[data-text="${name}"]`)
  if (element !== null && typeof text === 'string') element.textContent = text
}
