import { useTranslation } from 'react-i18next'
import type { PauseFor, SharingView } from '../../../electron/contract/sharing.ts'
import { failureOf } from '../../bridge/bridge.ts'
import { useFailureWords } from '../../i18n/use-failure-words.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useCall, useSnapshot } from '../../store/app-context.ts'
import { toast } from '../../ui/toast.ts'

type Pause = SharingView['pause']

interface PauseActions {
  /** The pause there is; null: what is on is shared. */
  pause: Pause
  start: (how: PauseFor) => void
  resume: () => void
}

/** The pause of the whole node and the way to change it. A refusal is said in a toast: a menu has no place for it. */
export function usePause(): PauseActions {
  const call = useCall()
  const wordsOf = useFailureWords()
  const pause = useSnapshot(({ sharing }) => sharing.pause)
  const told = (work: Promise<unknown>) => void work.catch((thrown: unknown) => toast(wordsOf(failureOf(thrown)).whole))
  return {
    pause,
    start: (how) => told(call('sharing.pause', { for: how })),
    resume: () => told(call('sharing.resume', {})),
  }
}

/** A pause in a few words: "Paused until 10:30". */
export function usePauseWord(): (pause: NonNullable<Pause>, now: number) => string {
  const { t } = useTranslation('pause')
  const format = useFormat()
  return ({ until }, now) => (until === null ? t('open') : t('until', { time: format.until(until, now) }))
}
