import { Modal, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall, useSnapshot } from '../../store/app-context.ts'
import { useTask } from '../../store/use-task.ts'
import { CloseFooter } from '../../ui/close-footer.tsx'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { Notice } from '../../ui/notice.tsx'

/** Makes this computer a new node. Asked for by typing the beginning of the id that ends, so that nobody slips into it. */
export default function RenewIdentityDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['identity', 'common'])
  const call = useCall()
  const id = useSnapshot(({ node }) => node.id)
  const desktop = useSnapshot(({ node }) => node.face === 'desktop')
  const [typed, setTyped] = useState('')
  const [done, setDone] = useState(false)
  const start = id.split('-')[0] ?? id
  const renew = useTask(async () => {
    await call('identity.renew', { id })
    setDone(true)
  })
  return (
    <Modal opened onClose={onClose} title={t('title')} size={520} closeButtonProps={{ 'aria-label': t('common:close') }}>
      {done ? (
        <>
          <div className="dialog-body" role="status">
            <p>{t(desktop ? 'doneDesktop' : 'doneHeadless')}</p>
          </div>
          <CloseFooter onClose={onClose} />
        </>
      ) : (
        <DialogForm
          verb={t('verb')}
          color="brick"
          ready={typed.trim().toUpperCase() === start}
          running={renew.running}
          failure={renew.failure}
          onSubmit={() => void renew.run()}
          onBack={onClose}
        >
          <p>{t('help')}</p>
          <Notice title={t('consequence')}>{t('consequenceHelp')}</Notice>
          <TextInput
            label={t('type', { start })}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            classNames={{ input: 'mono-input' }}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            data-autofocus
          />
        </DialogForm>
      )}
    </Modal>
  )
}
