import { useTranslation } from 'react-i18next'
import { useSnapshot } from '../../../store/app-context.ts'
import { CopyValue } from '../../../ui/copy-value.tsx'
import { Setting } from '../parts/setting.tsx'
import { SwitchSetting } from '../parts/switch-setting.tsx'

/** Where programs on this computer reach the mesh. */
export function LocalPrograms() {
  const { t } = useTranslation('settings')
  const port = useSnapshot(({ node }) => node.port)
  const needsKey = useSnapshot(({ settings }) => settings.localUseNeedsKey)
  const url = `http://127.0.0.1:${port}`
  return (
    <Setting title={t('localPrograms')} help={t(needsKey ? 'localProgramsKey' : 'localProgramsHelp', { url })}>
      <CopyValue value={url} label={t('copyLocal')} />
    </Setting>
  )
}

export function LocalUseNeedsKey() {
  const { t } = useTranslation('settings')
  return <SwitchSetting name="localUseNeedsKey" title={t('localUseNeedsKey')} help={t('localUseNeedsKeyHelp')} />
}
