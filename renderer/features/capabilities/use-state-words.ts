import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import type { CardState } from './card-state.ts'

/** The state of a capability in a few words: "In use by 2 peers", "Paused while you use this computer". */
export function useStateWords(): (state: CardState, now: number) => string {
  const { t } = useTranslation('capabilities')
  const format = useFormat()
  return (state, now) => {
    switch (state.kind) {
      case 'used':
        return t('used', { count: state.count })
      case 'problem':
        return t(`problem.${state.what}`)
      case 'paused':
        return state.until === null ? t(`paused.${state.why}`) : t(`pausedUntil.${state.why}`, { time: format.until(state.until, now) })
      default:
        return t(`state.${state.kind}`)
    }
  }
}
