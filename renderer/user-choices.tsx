import { useMantineColorScheme } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { languageFor, languages } from './i18n/languages.ts'
import { useSnapshot } from './store/app-context.ts'

/** Makes the window follow the settings: colour scheme and language. */
export function UserChoices() {
  const { i18n } = useTranslation()
  const { setColorScheme } = useMantineColorScheme()
  const { theme, language } = useSnapshot(({ settings }) => ({ theme: settings.theme, language: languageFor(settings.language) }))
  useEffect(() => setColorScheme(theme === 'system' ? 'auto' : theme), [theme, setColorScheme])
  useEffect(() => {
    document.documentElement.lang = language
    document.documentElement.dir = languages[language]?.direction ?? 'ltr'
    if (i18n.language !== language) void i18n.changeLanguage(language)
  }, [language, i18n])
  return null
}
