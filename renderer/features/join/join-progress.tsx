import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { JoinView } from '../../../electron/contract/snapshot.ts'
import { useCall } from '../../store/app-context.ts'
import { useTask } from '../../store/use-task.ts'
import { CloseFooter } from '../../ui/close-footer.tsx'
import { CodePanel } from '../../ui/code-panel.tsx'
import { FailureText } from '../../ui/failure-text.tsx'
import { StepList } from '../../ui/step-list.tsx'
import { CompareAnswer } from './compare-answer.tsx'
import { mustCompare, useJoinSteps } from './join-steps.ts'

interface Ways {
  onClose: () => void
  onAgain: () => void
  onDiffered: () => void
}

/** A join under way, as steps; the step that waits names the side that must act. */
export function JoinProgress({ id, join, ...ways }: { id: string; join: JoinView | null } & Ways) {
  const { t } = useTranslation('join')
  const steps = useJoinSteps()
  if (join === null) return <Gone onClose={ways.onClose} />
  const showsCode = join.code !== null && (join.state === 'waiting' || join.state === 'confirming')
  return (
    <>
      <div className="dialog-body">
        {showsCode && join.code !== null && (
          <CodePanel question={t('codeAppears', { name: join.approver?.name ?? join.url })} code={join.code} why={t('codeWhy')} />
        )}
        <StepList steps={steps(join)} label={t('progress')} />
      </div>
      {mustCompare(join) ? <CompareAnswer id={id} {...ways} /> : <Footer id={id} state={join.state} {...ways} />}
    </>
  )
}

function Footer({ id, state, onClose, onAgain }: { id: string; state: JoinView['state'] } & Ways) {
  const { t } = useTranslation(['join', 'common'])
  const call = useCall()
  const withdraw = useTask(async () => {
    await call('join.cancel', { id })
    onClose()
  })
  const again = useTask(async () => {
    await call('join.cancel', { id })
    onAgain()
  })
  const underWay = state === 'connecting' || state === 'waiting' || state === 'confirming'
  return (
    <>
      <FailureText failure={withdraw.failure ?? again.failure} />
      <footer className="dialog-footer">
        <span className="hint">{underWay ? t('mayClose') : ''}</span>
        {underWay ? (
          <>
            <Button variant="default" onClick={() => void withdraw.run()} loading={withdraw.running}>
              {t('withdraw')}
            </Button>
            <Button onClick={onClose}>{t('common:close')}</Button>
          </>
        ) : state === 'joined' ? (
          <Button onClick={onClose}>{t('done')}</Button>
        ) : (
          <>
            <Button variant="default" onClick={() => void withdraw.run()} loading={withdraw.running}>
              {t('clear')}
            </Button>
            <Button onClick={() => void again.run()} loading={again.running}>
              {t('again')}
            </Button>
          </>
        )}
      </footer>
    </>
  )
}

function Gone({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['join', 'common'])
  return (
    <>
      <div className="dialog-body" role="status">
        <p>{t('gone')}</p>
      </div>
      <CloseFooter onClose={onClose} />
    </>
  )
}
