import { useDirection, useMantineColorScheme } from '@mantine/core'
import { type ReactNode, useEffect, useLayoutEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { showLanguage } from './i18n/i18n.ts'
import { directionOf, languageFor } from './i18n/languages.ts'
import { keepLanguage } from './i18n/last-language.ts'
import { useSnapshot } from './store/app-context.ts'

/**
 * Makes the window follow the settings: colour scheme, language and direction. `children` are shown as soon as the
 * language is there, so that nobody sees words of another one first.
 */
export function UserChoices({ children }: { children: ReactNode }) {
  const { setColorScheme } = useMantineColorScheme()
  const theme = useSnapshot(({ settings }) => settings.theme)
  const isSpoken = useLanguage()
  useEffect(() => setColorScheme(theme === 'system' ? 'auto' : theme), [theme, setColorScheme])
  return isSpoken ? children : null
}

/** Whether the language of the settings was shown at least once, or could not be. */
function useLanguage(): boolean {
  const { i18n } = useTranslation()
  const { setDirection } = useDirection()
  const chosen = useSnapshot(({ settings }) => settings.language)
  const wanted = languageFor(chosen, navigator.languages)
  const [isSpoken, setSpoken] = useState(i18n.language === wanted)
  useEffect(() => keepLanguage(() => localStorage, chosen), [chosen])
  useEffect(() => {
    const gone = new AbortController()
    void showLanguage(i18n, wanted, gone.signal).then(() => setSpoken(true))
    return () => gone.abort()
  }, [i18n, wanted])
  useLayoutEffect(() => setDirection(directionOf(i18n.language)), [i18n.language, setDirection])
  return isSpoken
}
