import { Modal, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../store/app-context.ts'
import { useTask } from '../../store/use-task.ts'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { toast } from '../../ui/toast.ts'

/** Makes a mesh with this node as its admin: one question, its name. */
export default function CreateMeshDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['mesh', 'common'])
  const call = useCall()
  const [name, setName] = useState('')
  const create = useTask(async () => {
    const mesh = await call('mesh.create', { name: name.trim() })
    toast(t('created', { mesh: mesh.name }))
    onClose()
  })
  return (
    <Modal opened onClose={onClose} title={t('createTitle')} size={480} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <DialogForm
        verb={t('createVerb')}
        ready={name.trim() !== ''}
        running={create.running}
        failure={create.failure}
        onSubmit={() => void create.run()}
        onBack={onClose}
      >
        <p>{t('createHelp')}</p>
        <TextInput
          label={t('name')}
          placeholder={t('nameExample')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={64}
          autoComplete="off"
          data-autofocus
        />
      </DialogForm>
    </Modal>
  )
}
