import { useTranslation } from 'react-i18next'
import type { HealthWarning } from '../../electron/contract/snapshot.ts'
import { warningWords } from './warning-words.ts'

/** Health warnings in the language of the window: what is wrong, and what it means and needs. */
export function useWarningWords(): (warning: HealthWarning) => { title: string; text: string } {
  const { i18n } = useTranslation()
  return (warning) => warningWords(i18n, warning)
}
