import { useTranslation } from 'react-i18next'
import type { ModelPlace, ModelView } from '../../../../electron/contract/ai.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { modelStanding, type Standing } from './model-standing.ts'

/** A model in words. */
export interface ModelText {
  /** "3.2B, Q4_K_M, 2.0 GB"; empty when nothing is known. */
  about: string
  /** "Loaded", or why it is not to be had. */
  word: string
  /** "On kitchen-mini", "On 3 computers". */
  where: string
  /** "42 tokens/s" at the best place; empty before the first request. */
  speed: string
}

export function useModelText(): (model: ModelView) => ModelText {
  const { t } = useTranslation('models')
  const format = useFormat()
  const standingWord = useStandingWord()
  const speedText = useTokenRate()
  return (model) => {
    const { parameters, quantization, size } = model
    const now = modelStanding(model)
    const about = format.facts([parameters, quantization, size !== null && format.bytes(size)])
    if (now === null) return { about, word: t('nowhere'), where: '', speed: '' }
    const { standing, best, usable } = now
    const where = usable > 1 ? t('onSeveral', { count: usable }) : best.own ? t('onThis') : t('on', { node: best.node.name })
    const speed = usable > 0 && best.tokensPerSecond !== null ? speedText(best.tokensPerSecond) : ''
    return { about, word: standingWord(standing), where, speed }
  }
}

/** "Loaded", "Offline". */
export function useStandingWord(): (standing: Standing) => string {
  const { t } = useTranslation(['models', 'common'])
  return (standing) => {
    switch (standing) {
      case 'loaded':
      case 'ready':
      case 'no_memory':
      case 'budget_spent':
        return t(`standing.${standing}`)
      default:
        return t(`common:whyNot.${standing}`)
    }
  }
}

/** 41.7 tokens a second → "42 tokens/s"; slow ones with a digit more. */
export function useTokenRate(): (tokensPerSecond: number) => string {
  const { t } = useTranslation('models')
  return (rate) => t('tokenRate', { rate: rate < 10 ? Math.round(rate * 10) / 10 : Math.round(rate) })
}

/** How a place does lately: "First word after 210 ms, 42 tokens/s, 2 requests there now". */
export function usePlaceFigures(): (place: ModelPlace) => string {
  const { t } = useTranslation('models')
  const format = useFormat()
  const speedText = useTokenRate()
  return ({ firstTokenMs, tokensPerSecond, busy }) =>
    format.facts([
      firstTokenMs !== null && t('firstWord', { time: format.duration(firstTokenMs) }),
      tokensPerSecond !== null && speedText(tokensPerSecond),
      busy > 0 && t('busyThere', { count: busy }),
    ])
}
