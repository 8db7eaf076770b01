import { Checkbox, Modal, PasswordInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallOutput } from '../../../electron/contract/calls.ts'
import { useCall, useDialogs, useSnapshot } from '../../store/app-context.ts'
import { useTask } from '../../store/use-task.ts'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { RecoverySaved } from './recovery-saved.tsx'

type File = CallOutput<'mesh.recovery.export'>
const shortest = 10

/**
 * Saves the root key of a mesh as a file under a passphrase. The copy here is deleted only after the person has said
 * that the file is there: a download that failed must not be the last of the key.
 */
export default function SaveRecoveryDialog({ meshId, onClose }: { meshId: string; onClose: () => void }) {
  const { t } = useTranslation(['mesh', 'common'])
  const name = useSnapshot(({ meshes }) => meshes[meshId]?.name ?? null)
  const [saved, setSaved] = useState<{ file: File; passphrase: string; forget: boolean } | null>(null)
  if (name === null) return null
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('saveTitle', { mesh: name })}
      size={520}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {saved === null ? (
        <PassphraseForm meshId={meshId} onSaved={setSaved} />
      ) : (
        <RecoverySaved meshId={meshId} {...saved} onSave={() => download(saved.file)} onClose={onClose} />
      )}
    </Modal>
  )
}

const download = ({ file, fileName }: File) => saveFile(fileName, [file], 'application/jose')

function PassphraseForm({
  meshId,
  onSaved,
}: {
  meshId: string
  onSaved: (saved: { file: File; passphrase: string; forget: boolean }) => void
}) {
  const { t } = useTranslation(['mesh', 'common'])
  const call = useCall()
  const { open } = useDialogs()
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [forget, setForget] = useState(false)
  const save = useTask(async () => {
    const file = await call('mesh.recovery.export', { mesh: meshId, passphrase })
    download(file)
    onSaved({ file, passphrase, forget })
  })
  const long = passphrase.length >= shortest
  const differs = again !== '' && again !== passphrase
  const eye = { 'aria-label': t('showPassphrase'), tabIndex: 0 }
  return (
    <DialogForm
      verb={t('saveVerb')}
      ready={long && again === passphrase}
      running={save.running}
      failure={save.failure}
      back={t('common:back')}
      onSubmit={() => void save.run()}
      onBack={() => open({ kind: 'mesh', meshId })}
    >
      <p>{t('saveHelp')}</p>
      <PasswordInput
        label={t('passphrase')}
        description={long || passphrase === '' ? t('passphraseHelp') : t('passphraseShort', { count: shortest - passphrase.length })}
        value={passphrase}
        onChange={(event) => setPassphrase(event.currentTarget.value)}
        visibilityToggleButtonProps={eye}
        autoComplete="new-password"
        data-autofocus
      />
      <PasswordInput
        label={t('passphraseAgain')}
        error={differs ? t('passphraseDiffers') : undefined}
        value={again}
        onChange={(event) => setAgain(event.currentTarget.value)}
        visibilityToggleButtonProps={eye}
        autoComplete="new-password"
      />
      <Checkbox
        label={t('forgetKey')}
        description={t('forgetKeyHelp')}
        checked={forget}
        onChange={(event) => setForget(event.currentTarget.checked)}
      />
    </DialogForm>
  )
}
