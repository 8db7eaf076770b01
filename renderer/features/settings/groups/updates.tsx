import { useTranslation } from 'react-i18next'
import { useSnapshot } from '../../../store/app-context.ts'
import { Setting } from '../parts/setting.tsx'
import { SwitchSetting } from '../parts/switch-setting.tsx'

/** Whether newer versions are looked for and installed unasked; what this copy does instead where it cannot. */
export function Updates() {
  const { t } = useTranslation('updates')
  const way = useSnapshot(({ updates }) => updates.way)
  if (way === 'checkout' || way === 'unsigned') return <Setting title={t('title')} help={t(`way.${way}`)} />
  return <SwitchSetting name="automaticUpdates" title={t('automatic')} help={t(`way.${way}`)} />
}
