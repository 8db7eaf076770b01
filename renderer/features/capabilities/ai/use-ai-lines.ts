import { useTranslation } from 'react-i18next'
import type { CapabilityName } from '../../../../electron/contract/capability.ts'
import { useSnapshot } from '../../../store/app-context.ts'
import { ownModels, sharedCount } from './terms.ts'

/** The terms of models on the card, one short line each; those that restrict nothing are left out, as everything for other capabilities. */
export function useTermLines(name: CapabilityName): string[] {
  const { t } = useTranslation('engines')
  const terms = useSnapshot(({ ai }) => ai.terms)
  const engines = useSnapshot(({ ai }) => ai.engines)
  if (name !== 'ai') return []
  const own = ownModels(engines)
  const shared = sharedCount(terms.models, own)
  return [
    ...(shared === null ? [] : [t('line.models', { count: own.length, shared })]),
    ...(terms.tokensPerPeerAndDay === null ? [] : [t('line.budget', { count: terms.tokensPerPeerAndDay })]),
  ]
}

/** What there is to share on the card: "3 engines, 12 models"; null where nothing is, and for other capabilities. */
export function useEnginesFound(name: CapabilityName): string | null {
  const { t } = useTranslation('engines')
  const engines = useSnapshot(({ ai }) => ai.engines).filter(({ state }) => state === 'ready')
  if (name !== 'ai' || engines.length === 0) return null
  return t('found', { engines: t('engineCount', { count: engines.length }), models: t('models', { count: ownModels(engines).length }) })
}
