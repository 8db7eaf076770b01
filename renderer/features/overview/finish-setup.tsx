import { ActionIcon, Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { useCall, useSnapshot } from '../../store/app-context.ts'
import { useTask } from '../../store/use-task.ts'
import { FailureText } from '../../ui/failure-text.tsx'
import { buttonIcon } from '../../ui/icons.ts'

/** While the setup was left for later: the way back to where it was left, and a way to be rid of it. */
export function FinishSetup() {
  const { t } = useTranslation('setup')
  const [, navigate] = useLocation()
  const call = useCall()
  const { state, page } = useSnapshot(({ setup }) => setup)
  const dismiss = useTask(() => call('setup.set', { state: 'dismissed' }))
  if (state !== 'left') return null
  return (
    <section className="finish-setup" aria-label={t('finish')}>
      <span className="grow">
        {t('finishHelp', { step: t(`step.${page}`) })}
        <FailureText failure={dismiss.failure} />
      </span>
      <Button variant="default" onClick={() => navigate('/setup')}>
        {t('finish')}
      </Button>
      <ActionIcon size={36} onClick={() => void dismiss.run()} loading={dismiss.running} aria-label={t('dismiss')}>
        <IconX {...buttonIcon} />
      </ActionIcon>
    </section>
  )
}
