import { useTranslation } from 'react-i18next'
import { spokenPart, type Turn } from './turns.ts'

/** Longest answer that is read aloud by itself, characters: about half a minute. */
const readAloud = 500

/** What those who hear the page are told of the newest answer: that it has begun, and what it is once it has ended. */
export function useSpoken(turn: Turn | undefined, model: string): string {
  const { t } = useTranslation('trial')
  const answer = turn?.answer
  // why it failed is said where it stands
  if (!answer || turn?.failure || answer.state === 'failed') return ''
  if (answer.state === 'running') return answer.text === '' ? '' : t('spoken.begun', { model })
  if (answer.state === 'stopped') return t('stopped')
  const { said, whole } = spokenPart(answer.text, readAloud)
  return whole ? said : t('spoken.more', { said })
}
