import { useTranslation } from 'react-i18next'
import type { Failure } from '../../electron/contract/failure.ts'
import { type FailureWords, failureWords } from './failure-words.ts'

/** Failures in the language of the window. */
export function useFailureWords(): (failure: Failure) => FailureWords {
  const { i18n } = useTranslation()
  return (failure) => failureWords(i18n, failure)
}
