import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { RequestView } from '../../../electron/contract/snapshot.ts'
import { useCall } from '../../store/app-context.ts'
import { useTask } from '../../store/use-task.ts'
import { FailureText } from '../../ui/failure-text.tsx'
import { Notice } from '../../ui/notice.tsx'
import { toast } from '../../ui/toast.ts'

/** The button that led here is gone; the keyboard goes on from the explanation. */
const focus = (element: HTMLElement | null) => element?.focus()

/** Says what a refusal means before it is sent: the codes differ, or this key is never to ask again. */
export function RefuseAnswer({
  request: { id, node },
  why,
  onBack,
  onClose,
}: {
  request: RequestView
  why: 'never' | 'differ'
  onBack: () => void
  onClose: () => void
}) {
  const { t } = useTranslation(['approve', 'common'])
  const call = useCall()
  const refuse = useTask(async (never: boolean) => {
    await call('request.reject', { id, never, codesDiffer: why === 'differ' })
    toast(never ? t('blocked', { name: node.name }) : t('declined', { name: node.name }))
    onClose()
  })
  return (
    <div role="group" aria-label={t(`${why}Title`, { name: node.name })} tabIndex={-1} ref={focus}>
      <div className="refuse">
        <Notice title={t(`${why}Title`, { name: node.name })} tone={why === 'differ' ? 'error' : 'attention'}>
          {t(`${why}Help`, { name: node.name })}
        </Notice>
        <FailureText failure={refuse.failure} />
      </div>
      <footer className="dialog-footer">
        <Button variant="subtle" color="gray" onClick={onBack} disabled={refuse.running}>
          {t('common:back')}
        </Button>
        <span className="grow" />
        <Button
          variant={why === 'differ' ? 'default' : 'filled'}
          color="brick"
          onClick={() => void refuse.run(true)}
          disabled={refuse.running}
        >
          {t('blockKey')}
        </Button>
        {why === 'differ' && (
          <Button onClick={() => void refuse.run(false)} loading={refuse.running}>
            {t('declineVerb')}
          </Button>
        )}
      </footer>
    </div>
  )
}
