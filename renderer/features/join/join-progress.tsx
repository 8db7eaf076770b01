import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { JoinView } from '../../../electron/contract/snapshot.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useCall, useSnapshot } from '../../store/app-context.ts'
import { useNow } from '../../store/use-now.ts'
import { useTask } from '../../store/use-task.ts'
import { Code } from '../../ui/code.tsx'
import { FailureText } from '../../ui/failure-text.tsx'
import { type Step, StepList } from '../../ui/step-list.tsx'

/** A join under way, as steps; the step that waits names the side that must act. */
export function JoinProgress({
  id,
  join,
  onClose,
  onAgain,
}: {
  id: string
  join: JoinView | null
  onClose: () => void
  onAgain: () => void
}) {
  const { t } = useTranslation(['join', 'common'])
  const call = useCall()
  const own = useSnapshot(({ node }) => node.id)
  const steps = useSteps()
  const withdraw = useTask(async () => {
    await call('join.cancel', { id })
    onClose()
  })
  const again = useTask(async () => {
    await call('join.cancel', { id })
    onAgain()
  })
  if (join === null) return <Gone onClose={onClose} />
  const underWay = join.state === 'connecting' || join.state === 'waiting'
  return (
    <>
      <div className="dialog-body">
        {join.state === 'waiting' && (
          <div className="code-panel">
            <span>{t('idAppears', { name: join.approver?.name ?? join.url })}</span>
            <Code value={own} />
            <small>{t('idWhy')}</small>
          </div>
        )}
        <StepList steps={steps(join)} label={t('progress')} />
        <FailureText failure={withdraw.failure ?? again.failure} />
      </div>
      <footer className="dialog-footer">
        <span className="hint">{underWay ? t('mayClose') : ''}</span>
        {underWay ? (
          <>
            <Button variant="default" onClick={() => void withdraw.run()} loading={withdraw.running}>
              {t('withdraw')}
            </Button>
            <Button onClick={onClose}>{t('common:close')}</Button>
          </>
        ) : join.state === 'joined' ? (
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
      <footer className="dialog-footer">
        <span className="grow" />
        <Button onClick={onClose}>{t('common:close')}</Button>
      </footer>
    </>
  )
}

function useSteps(): (join: JoinView) => Step[] {
  const { t } = useTranslation(['join', 'common'])
  const format = useFormat()
  const now = useNow(5_000)
  return ({ state, approver, mesh, url, problem, createdAt }) => {
    const name = approver?.name ?? url
    const meshName = mesh?.name ?? t('theMesh')
    const why = problem === null ? undefined : [problem.message, problem.action].filter(Boolean).join(' ')
    const reached: Step = { state: 'done', title: t('reached', { name }) }
    const admission: Step = { state: 'todo', title: t('admission', { mesh: meshName }) }
    const asked = t('asked', { when: format.ago(createdAt, now) })
    switch (state) {
      case 'connecting':
        return [
          { state: 'now', title: t('connectingTo', { name }), text: why ?? t('connectingHelp') },
          { state: 'todo', title: t('waitingFor', { name }) },
          admission,
        ]
      case 'waiting':
        return [reached, { state: 'now', title: t('waitingFor', { name }), text: `${t('waitingHelp')} ${asked}` }, admission]
      case 'confirming':
        return [reached, { state: 'now', title: t('waitingFor', { name }) }, admission]
      case 'joined':
        return mesh === null && approver === null
          ? [reached, { state: 'done', title: t('connectedLegacy') }]
          : [reached, { state: 'done', title: t('approvedBy', { name }) }, { state: 'done', title: t('memberOf', { mesh: meshName }) }]
      case 'rejected':
        return [reached, { state: 'failed', title: t('declinedBy', { name }), text: t('declinedHelp') }]
      case 'expired':
        return [reached, { state: 'failed', title: t('expired'), text: t('expiredHelp') }]
      case 'failed':
        return [{ state: 'failed', title: problem?.message ?? t('failed', { name }), text: problem?.action }]
    }
  }
}
