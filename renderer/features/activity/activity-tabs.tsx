import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'

/** The halves of this screen, each with its address. */
const tabs = { audit: '/activity', requests: '/activity/requests' } as const
export type ActivityTab = keyof typeof tabs

const isTab = (text: string): text is ActivityTab => Object.hasOwn(tabs, text)

/** Leads to the other half; `search` is the part of the filter that both have, which goes along. */
export function ActivityTabs({ shown, search }: { shown: ActivityTab; search: string }) {
  const { t } = useTranslation('routed')
  const [, navigate] = useLocation()
  return (
    <SegmentedControl
      className="activity-tabs"
      data={[
        { value: 'audit', label: t('tabAudit') },
        { value: 'requests', label: t('tabRequests') },
      ]}
      value={shown}
      onChange={(tab) => isTab(tab) && navigate(tabs[tab] + search)}
      aria-label={t('tabs')}
    />
  )
}
