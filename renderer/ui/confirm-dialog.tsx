import { Button, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../electron/contract/failure.ts'
import { FailureText } from './failure-text.tsx'

/** Asks before something that cannot be undone; `children` say the consequence, `verb` is the button. */
export function ConfirmDialog({
  title,
  verb,
  children,
  running,
  failure,
  onConfirm,
  onClose,
}: {
  title: string
  verb: string
  children: ReactNode
  running: boolean
  failure: Failure | null
  onConfirm: () => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  return (
    <Modal opened onClose={onClose} title={title} size={480} closeButtonProps={{ 'aria-label': t('close') }}>
      <div className="dialog-body">
        <p>{children}</p>
        <FailureText failure={failure} />
      </div>
      <footer className="dialog-footer">
        <span className="grow" />
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('cancel')}
        </Button>
        <Button color="brick" onClick={onConfirm} loading={running}>
          {verb}
        </Button>
      </footer>
    </Modal>
  )
}
