import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../store/app-context.ts'
import { useTask } from '../../store/use-task.ts'
import { FailureText } from '../../ui/failure-text.tsx'
import { buttonIcon } from '../../ui/icons.ts'
import { toast } from '../../ui/toast.ts'

/** The file was handed to the browser: where it should go, and, if wanted, the end of the key on this computer. */
export function RecoverySaved({
  meshId,
  file: { fileName },
  passphrase,
  forget,
  onSave,
  onClose,
}: {
  meshId: string
  file: { fileName: string }
  passphrase: string
  forget: boolean
  onSave: () => void
  onClose: () => void
}) {
  const { t } = useTranslation('mesh')
  const call = useCall()
  const [again, setAgain] = useState(false)
  const end = useTask(async () => {
    if (forget) {
      await call('mesh.recovery.export', { mesh: meshId, passphrase, forget: true })
      toast(t('keyForgotten'))
    }
    onClose()
  })
  return (
    <>
      <div className="dialog-body">
        <p role="status">{t(again ? 'savedAgain' : 'saved', { file: fileName })}</p>
        <p>{t('keepIt')}</p>
        {forget && <p>{t('forgetAsks')}</p>}
        <FailureText failure={end.failure} />
      </div>
      <footer className="dialog-footer">
        <Button
          variant="default"
          leftSection={<IconDownload {...buttonIcon} />}
          onClick={() => {
            onSave()
            setAgain(true)
          }}
        >
          {t('saveAgain')}
        </Button>
        <span className="grow" />
        <Button color={forget ? 'brick' : undefined} onClick={() => void end.run()} loading={end.running}>
          {forget ? t('haveFileForget') : t('haveFile')}
        </Button>
      </footer>
    </>
  )
}
