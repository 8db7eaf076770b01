import { Button, FileButton, Modal, PasswordInput } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../store/app-context.ts'
import { useTask } from '../../store/use-task.ts'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { buttonIcon } from '../../ui/icons.ts'
import { toast } from '../../ui/toast.ts'
import { readRecoveryFile } from './read-recovery-file.ts'

/** Becomes an admin of a mesh by its recovery file. */
export default function RestoreRecoveryDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['mesh', 'common'])
  const call = useCall()
  const [chosen, setChosen] = useState<{ name: string; file: string } | null>(null)
  const [passphrase, setPassphrase] = useState('')
  const choose = useTask(async (file: File) => setChosen({ name: file.name, file: await readRecoveryFile(file) }))
  const restore = useTask(async (file: string) => {
    const mesh = await call('mesh.recovery.restore', { file, passphrase })
    toast(t('restored', { mesh: mesh.name }))
    onClose()
  })
  return (
    <Modal opened onClose={onClose} title={t('restoreTitle')} size={520} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <DialogForm
        verb={t('restoreVerb')}
        ready={chosen !== null && passphrase !== ''}
        running={restore.running}
        failure={choose.failure ?? restore.failure}
        onSubmit={() => void (chosen && restore.run(chosen.file))}
        onBack={onClose}
      >
        <p>{t('restoreHelp')}</p>
        <div className="mesh-line">
          <FileButton accept=".fcn-recovery" onChange={(file) => void (file !== null && choose.run(file))}>
            {(props) => (
              <Button {...props} variant="default" leftSection={<IconFileUpload {...buttonIcon} />} loading={choose.running} data-autofocus>
                {t('chooseFile')}
              </Button>
            )}
          </FileButton>
          <span className="grow cut quiet" role="status">
            {chosen === null ? t('noFile') : chosen.name}
          </span>
        </div>
        <PasswordInput
          label={t('passphrase')}
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('showPassphrase'), tabIndex: 0 }}
          autoComplete="off"
        />
      </DialogForm>
    </Modal>
  )
}
