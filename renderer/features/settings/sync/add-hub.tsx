import { Modal, PasswordInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SyncEvery } from '../../../../electron/contract/hub-sync.ts'
import { useCall } from '../../../store/app-context.ts'
import { useTask } from '../../../store/use-task.ts'
import { DialogForm } from '../../../ui/dialog-form.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { EverySelect } from './every-select.tsx'
import { isReadOnTheWay } from './hub-url.ts'

/** Asks for a hub, its token and how often. */
export function AddHub({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['sync', 'common'])
  const call = useCall()
  const [hub, setHub] = useState<{ url: string; token: string; every: SyncEvery }>({ url: '', token: '', every: 'hour' })
  const set = (change: Partial<typeof hub>) => setHub({ ...hub, ...change })
  const add = useTask(async () => {
    await call('sync.hub.add', hub)
    onClose()
  })
  return (
    <Modal opened onClose={onClose} title={t('addTitle')} size={520} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <DialogForm
        verb={t('add')}
        ready={hub.url.trim() !== '' && hub.token.trim() !== ''}
        running={add.running}
        failure={add.failure}
        onSubmit={() => void add.run()}
        onBack={onClose}
      >
        <p>{t('addHelp')}</p>
        <TextInput
          label={t('url')}
          placeholder={t('urlExample')}
          value={hub.url}
          onChange={(event) => set({ url: event.currentTarget.value })}
          classNames={{ input: 'mono-input' }}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
        />
        <TokenInput value={hub.token} onChange={(token) => set({ token })} />
        <EverySelect value={hub.every} onChange={(every) => set({ every })} />
        {isReadOnTheWay(hub.url) && <Notice title={t('plain')}>{t('hubPlainHelp')}</Notice>}
      </DialogForm>
    </Modal>
  )
}

/** Asks for another token of a known hub. */
export function ChangeToken({ id, name, onClose }: { id: string; name: string; onClose: () => void }) {
  const { t } = useTranslation(['sync', 'common'])
  const call = useCall()
  const [token, setToken] = useState('')
  const change = useTask(async () => {
    await call('sync.hub.set', { hub: id, token })
    onClose()
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('changeTitle', { hub: name })}
      size={480}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <DialogForm
        verb={t('change')}
        ready={token.trim() !== ''}
        running={change.running}
        failure={change.failure}
        onSubmit={() => void change.run()}
        onBack={onClose}
      >
        <TokenInput value={token} onChange={setToken} />
      </DialogForm>
    </Modal>
  )
}

function TokenInput({ value, onChange }: { value: string; onChange: (token: string) => void }) {
  const { t } = useTranslation('sync')
  return (
    <PasswordInput
      label={t('hubToken')}
      description={t('hubTokenHelp')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      classNames={{ input: 'mono-input' }}
      autoComplete="off"
    />
  )
}
