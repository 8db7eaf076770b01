import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useDialogs } from '../../store/app-context.ts'

/** The third door, for those who lost every admin: the recovery file of a mesh. */
export function RecoveryLink() {
  const { t } = useTranslation('join')
  const { open } = useDialogs()
  return (
    <UnstyledButton className="more" c="var(--fcn-accent)" onClick={() => open({ kind: 'restore-recovery' })}>
      {t('haveRecovery')}
    </UnstyledButton>
  )
}
