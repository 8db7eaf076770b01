import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'

/** The parts of this screen, each with its address. */
const tabs = { models: '/models', programs: '/models/programs', usage: '/models/usage' } as const
export type ModelsTab = keyof typeof tabs

const isTab = (text: string): text is ModelsTab => Object.hasOwn(tabs, text)

export function ModelsTabs({ shown }: { shown: ModelsTab }) {
  const { t } = useTranslation('models')
  const [, navigate] = useLocation()
  return (
    <SegmentedControl
      data={Object.keys(tabs).flatMap((value) => (isTab(value) ? [{ value, label: t(`tab.${value}`) }] : []))}
      value={shown}
      onChange={(tab) => isTab(tab) && navigate(tabs[tab])}
      aria-label={t('tabs')}
    />
  )
}
