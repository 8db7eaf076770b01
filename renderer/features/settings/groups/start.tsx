import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { useCall } from '../../../store/app-context.ts'
import { useAutostart } from '../../../store/use-autostart.ts'
import { useTask } from '../../../store/use-task.ts'
import { AutostartSwitch } from '../../../ui/autostart-switch.tsx'
import { FailureText } from '../../../ui/failure-text.tsx'
import { Setting } from '../parts/setting.tsx'

/** Whether the system starts this node. */
export function StartWithSystem() {
  const { t } = useTranslation('setup')
  const autostart = useAutostart()
  return <Setting title={t('autostart.title')} below={<AutostartSwitch {...autostart} />} />
}

/** The first steps once more. */
export function SetupAgain() {
  const { t } = useTranslation('setup')
  const [, navigate] = useLocation()
  const call = useCall()
  const again = useTask(async () => {
    await call('setup.set', { page: 'computer' })
    navigate('/setup')
  })
  return (
    <Setting title={t('again')} help={t('againHelp')} below={again.failure && <FailureText failure={again.failure} />}>
      <Button variant="default" onClick={() => void again.run()} loading={again.running}>
        {t('openAgain')}
      </Button>
    </Setting>
  )
}
