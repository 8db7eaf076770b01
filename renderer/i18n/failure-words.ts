import type { i18n } from 'i18next'
import type { Failure } from '../../electron/contract/failure.ts'
import { isolated } from './isolate.ts'
import { directionOf } from './languages.ts'

/** A failure in the language of the window. */
export interface FailureWords {
  /** What happened. */
  said: string
  /** What to do, or what the node adds; undefined when it adds nothing. */
  more: string | undefined
  /** The language of `more`. */
  moreIn: string
  /** Both as one line. */
  whole: string
}

/**
 * Words of a failure. The node writes whole English sentences, which name what it is about; English shows them. Other
 * languages say what the code means, then the node's sentence: only that says which address, which name, which number.
 */
export function failureWords({ t, language }: Pick<i18n, 't' | 'language'>, { code, message, action, details }: Failure): FailureWords {
  const original = [message, action].filter(Boolean).join(' ')
  if (language === 'en') return { said: message, more: action, moreIn: language, whole: original }
  const seconds = details?.['retryAfter']
  const again = typeof seconds === 'number' ? ` ${t('errors:retryAfter', { count: seconds })}` : ''
  const said = `${t(`errors:title.${code}`)}.${again}`
  const more = directionOf(language) === 'rtl' ? isolated(original) : original
  return { said, more, moreIn: 'en', whole: `${said} ${more}` }
}
