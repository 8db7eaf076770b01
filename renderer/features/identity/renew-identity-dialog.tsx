import { Button, Modal, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall, useSnapshot } from '../../store/app-context.ts'
import { useTask } from '../../store/use-task.ts'
import { FailureText } from '../../ui/failure-text.tsx'
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
  const fits = typed.trim().toUpperCase() === start
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (fits) void renew.run()
  }
  return (
    <Modal opened onClose={onClose} title={t('title')} size={520} closeButtonProps={{ 'aria-label': t('common:close') }}>
      {done ? (
        <>
          <div className="dialog-body" role="status">
            <p>{t(desktop ? 'doneDesktop' : 'doneHeadless')}</p>
          </div>
          <footer className="dialog-footer">
            <span className="grow" />
            <Button onClick={onClose}>{t('common:close')}</Button>
          </footer>
        </>
      ) : (
        <form onSubmit={submit}>
          <div className="dialog-body">
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
            <FailureText failure={renew.failure} />
          </div>
          <footer className="dialog-footer">
            <span className="grow" />
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" color="brick" disabled={!fits} loading={renew.running}>
              {t('verb')}
            </Button>
          </footer>
        </form>
      )}
    </Modal>
  )
}
