import { Button } from '@mantine/core'
import type { FormEvent, FormHTMLAttributes, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../electron/contract/failure.ts'
import { FailureText } from './failure-text.tsx'

/** What a dialog asks, with the button that does it, also by Enter, and the way back. */
export function DialogForm({
  verb,
  color,
  ready,
  running,
  failure,
  hint,
  back,
  drop,
  onSubmit,
  onBack,
  children,
}: {
  verb: string
  /** Of the button that does it: `brick` for what cannot be undone. */
  color?: 'brick'
  /** Whether enough has been said to do it. */
  ready: boolean
  running: boolean
  failure: Failure | null
  /** Beside the buttons. */
  hint?: ReactNode
  /** Names the way back when it does not cancel. */
  back?: string
  /** Takes what is dropped on it. */
  drop?: Pick<FormHTMLAttributes<HTMLFormElement>, 'onDrop' | 'onDragOver'>
  onSubmit: () => void
  onBack: () => void
  children: ReactNode
}) {
  const { t } = useTranslation()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) onSubmit()
  }
  return (
    <form onSubmit={submit} {...drop}>
      <div className="dialog-body">
        {children}
        <FailureText failure={failure} />
      </div>
      <footer className="dialog-footer">
        {hint === undefined ? <span className="grow" /> : <span className="hint">{hint}</span>}
        <Button variant="default" onClick={onBack}>
          {back ?? t('cancel')}
        </Button>
        <Button type="submit" {...(color && { color })} disabled={!ready} loading={running}>
          {verb}
        </Button>
      </footer>
    </form>
  )
}
