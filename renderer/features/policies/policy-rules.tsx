import { useTranslation } from 'react-i18next'
import type { PolicyRules, PolicyView } from '../../../electron/contract/routing.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { usePolicyWords } from './use-policy-words.ts'

/** The rules as somebody sees them who does not decide them. */
export function PolicyFacts({ rules }: { rules: PolicyRules | null }) {
  const { t } = useTranslation('policies')
  const format = useFormat()
  const { nameOf } = usePolicyWords()
  const { preferredNodes = [], fallbackNodes = [], loadBalancing, replication, onlyDirect, avoidMetered, maxDistance } = rules ?? {}
  const names = (ids: readonly string[]) => format.list(ids.map(nameOf))
  const never = [onlyDirect && t('onlyDirect'), avoidMetered && t('avoidMetered')].filter((limit) => typeof limit === 'string')
  const facts: [term: string, said: string | false | string[]][] = [
    [t('preferred'), preferredNodes.length > 0 && names(preferredNodes)],
    [t('balance'), t(`balanceChoice.${loadBalancing ?? 'fastest'}`)],
    [t('fallback'), fallbackNodes.length > 0 && names(fallbackNodes)],
    [t('replication'), replication !== undefined && t('copies', { count: replication })],
    [t('limits'), never],
    [t('maxDistance'), maxDistance !== undefined && format.latency(maxDistance)],
  ]
  return (
    <dl className="policy-facts">
      {facts.map(([term, said]) => {
        const all = said === false ? [] : [said].flat()
        return all.length === 0 ? null : (
          <div key={term}>
            <dt>{term}</dt>
            {all.map((each) => (
              <dd key={each}>{each}</dd>
            ))}
          </div>
        )
      })}
    </dl>
  )
}

/** Who decided it, and when. */
export function DecidedBy({ policy }: { policy: PolicyView | null }) {
  const { t } = useTranslation('policies')
  const format = useFormat()
  if (!policy?.by || policy.at === null) return null
  return <p className="hint">{t('decidedBy', { name: policy.by.name, when: format.day(policy.at) })}</p>
}
