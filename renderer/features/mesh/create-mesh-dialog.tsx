import { Button, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../store/app-context.ts'
import { useTask } from '../../store/use-task.ts'
import { FailureText } from '../../ui/failure-text.tsx'
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
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void create.run()
  }
  return (
    <Modal opened onClose={onClose} title={t('createTitle')} size={480} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <form onSubmit={submit}>
        <div className="dialog-body">
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
          <FailureText failure={create.failure} />
        </div>
        <footer className="dialog-footer">
          <span className="grow" />
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" disabled={name.trim() === ''} loading={create.running}>
            {t('createVerb')}
          </Button>
        </footer>
      </form>
    </Modal>
  )
}
