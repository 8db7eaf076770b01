import { useTranslation } from 'react-i18next'
import type { NodeSummary } from '../store/node-summary.ts'

/** This node's state in a word or three, as on the tray: "Online", "1 request waits". */
export function useStateWord(): (summary: Pick<NodeSummary, 'state' | 'requests'>) => string {
  const { t } = useTranslation()
  return ({ state, requests }) => (state === 'attention' && requests > 0 ? t('requestsWait', { count: requests }) : t(`nodeState.${state}`))
}
