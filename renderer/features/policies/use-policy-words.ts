import { useTranslation } from 'react-i18next'
import type { PolicyRules } from '../../../electron/contract/routing.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useSnapshot } from '../../store/app-context.ts'

/** What a policy says in words, with names in place of ids. */
export function usePolicyWords() {
  const { t } = useTranslation('policies')
  const format = useFormat()
  const self = useSnapshot(({ node }) => node)
  const peers = useSnapshot((snapshot) => snapshot.peers)

  const nameOf = (id: string): string => (id === self.id ? t('thisComputer', { name: self.name }) : (peers[id]?.name ?? t('goneNode')))
  const names = (ids: readonly string[]) => format.list(ids.map((id) => (id === self.id ? self.name : nameOf(id))))

  /** One line; what holds without rules when there are none. */
  function short(rules: PolicyRules | null): string {
    const { preferredNodes, fallbackNodes, loadBalancing, replication, onlyDirect, avoidMetered, maxDistance } = rules ?? {}
    const said = [
      preferredNodes?.length && t('short.preferred', { names: names(preferredNodes) }),
      fallbackNodes?.length && t('short.fallback', { names: names(fallbackNodes) }),
      loadBalancing && t(`short.balance.${loadBalancing}`),
      replication && t('short.replication', { count: replication }),
      onlyDirect && t('short.onlyDirect'),
      avoidMetered && t('short.avoidMetered'),
      maxDistance && t('short.maxDistance', { distance: format.latency(maxDistance) }),
    ]
    return format.facts(said) || t('noRules')
  }

  return { nameOf, short }
}
