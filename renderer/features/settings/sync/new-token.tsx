import { Button, Modal, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallOutput } from '../../../../electron/contract/calls.ts'
import { useCall, useSnapshot } from '../../../store/app-context.ts'
import { useTask } from '../../../store/use-task.ts'
import { CopyValue } from '../../../ui/copy-value.tsx'
import { DialogForm } from '../../../ui/dialog-form.tsx'
import { Notice } from '../../../ui/notice.tsx'

type Made = CallOutput<'sync.token.create'>

/** Asks for whom a token is, makes it and shows it this once. */
export function NewToken({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['sync', 'common'])
  const [made, setMade] = useState<Made | null>(null)
  const title = made === null ? t('tokenTitle') : t('madeTitle', { name: made.token.name })
  return (
    <Modal opened onClose={onClose} title={title} size={520} closeButtonProps={{ 'aria-label': t('common:close') }}>
      {made === null ? <TokenForm onMade={setMade} onClose={onClose} /> : <MadeToken made={made} onClose={onClose} />}
    </Modal>
  )
}

function TokenForm({ onMade, onClose }: { onMade: (made: Made) => void; onClose: () => void }) {
  const { t } = useTranslation('sync')
  const call = useCall()
  const [name, setName] = useState('')
  const create = useTask(async () => onMade(await call('sync.token.create', { name: name.trim() })))
  return (
    <DialogForm
      verb={t('createToken')}
      ready={name.trim() !== ''}
      running={create.running}
      failure={create.failure}
      onSubmit={() => void create.run()}
      onBack={onClose}
    >
      <p>{t('tokenHelp')}</p>
      <TextInput
        label={t('tokenFor')}
        placeholder={t('tokenExample')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={64}
        autoComplete="off"
        data-autofocus
      />
      <Unencrypted />
    </DialogForm>
  )
}

/** The new token, which is nowhere else: closing this is the end of it. */
function MadeToken({ made: { secret }, onClose }: { made: Made; onClose: () => void }) {
  const { t } = useTranslation('sync')
  const url = useSnapshot(({ node }) => node.urls[0] ?? null)
  return (
    <>
      <div className="dialog-body">
        <Notice title={t('once')}>{t('onceHelp')}</Notice>
        <Value title={t('token')} value={secret} copy={t('copyToken')} />
        {url === null ? <p>{t('noAddress')}</p> : <Value title={t('address')} value={url} copy={t('copyAddress')} />}
      </div>
      <footer className="dialog-footer">
        <span className="grow" />
        <Button onClick={onClose}>{t('done')}</Button>
      </footer>
    </>
  )
}

function Value({ title, value, copy }: { title: string; value: string; copy: string }) {
  return (
    <div>
      <b>{title}</b>
      <div className="copy-line">
        <code>{value}</code>
        <CopyValue value={value} label={copy} />
      </div>
    </div>
  )
}

/** What plain HTTP means for a token of this node, or that it would not be answered. */
function Unencrypted() {
  const { t } = useTranslation('sync')
  const closed = useSnapshot(({ settings }) => settings.encryptedPeersOnly)
  return closed ? <Notice title={t('closed')}>{t('closedHelp')}</Notice> : <Notice title={t('plain')}>{t('plainHelp')}</Notice>
}
