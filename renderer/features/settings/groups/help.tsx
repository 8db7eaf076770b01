import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { useSnapshot } from '../../../store/app-context.ts'
import { ChoiceSetting } from '../parts/choice-setting.tsx'
import { Setting } from '../parts/setting.tsx'

export function Doctor() {
  const { t } = useTranslation('settings')
  const [, navigate] = useLocation()
  return (
    <Setting title={t('doctor')} help={t('doctorHelp')}>
      <Button variant="default" onClick={() => navigate('/settings/doctor')}>
        {t('doctorVerb')}
      </Button>
    </Setting>
  )
}

export function Diagnostics() {
  const { t } = useTranslation('settings')
  const [, navigate] = useLocation()
  return (
    <Setting title={t('diagnostics')} help={t('diagnosticsHelp')}>
      <Button variant="default" onClick={() => navigate('/diagnostics')}>
        {t('diagnosticsVerb')}
      </Button>
    </Setting>
  )
}

export function LogLevel() {
  const { t } = useTranslation('settings')
  return (
    <ChoiceSetting
      name="logLevel"
      title={t('logLevel')}
      help={t('logLevelHelp')}
      words={{ error: t('logLevels.error'), warn: t('logLevels.warn'), info: t('logLevels.info'), debug: t('logLevels.debug') }}
    />
  )
}

export function About() {
  const { t } = useTranslation('settings')
  const [, navigate] = useLocation()
  const { version, os, face } = useSnapshot(({ node }) => node)
  return (
    <Setting title={t('about')} help={t('versionOn', { version, os, face: t(`face.${face}`) })}>
      <Button variant="default" onClick={() => navigate('/about')}>
        {t('aboutVerb')}
      </Button>
    </Setting>
  )
}
