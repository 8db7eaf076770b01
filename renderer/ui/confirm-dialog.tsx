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
  more,
  running,
  disabled = false,
  failure,
  onConfirm,
  onClose,
}: {
  title: string
  verb: string
  children: ReactNode
  /** What has to be chosen with it. */
  more?: ReactNode
  running: boolean
  disabled?: boolean
  failure: Failure | null
  onConfirm: () => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  return (
    <Modal opened onClose={onClose} title={title} size={480} closeButtonProps={{ 'aria-label': t('close') }}>
      <div className="dialog-body">
        <p>{children}</p>
        {more}
        <FailureText failure={failure} />
      </div>
      <div className="dialog-footer">
        <span className="grow" />
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('cancel')}
        </Button>
        <Button color="brick" onClick={onConfirm} loading={running} disabled={disabled}>
          {verb}
        </Button>
      </div>
    </Modal>
  )
}
