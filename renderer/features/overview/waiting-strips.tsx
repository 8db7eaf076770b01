import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JoinView, RequestView } from '../../../electron/contract/snapshot.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useCall, useDialogs, useSnapshot } from '../../store/app-context.ts'
import { requestsByAge } from '../../store/node-summary.ts'
import { useNow } from '../../store/use-now.ts'
import { StateMark } from '../../ui/state-mark.tsx'

/** So many requests are shown; the rest is one line. */
const most = 3

/** What waits for somebody: requests to join that wait here, and this node's own that wait elsewhere. */
export function WaitingStrips() {
  const { t } = useTranslation('overview')
  const requests = useSnapshot(requestsByAge)
  const joins = useSnapshot(({ joins }) => Object.values(joins).filter(({ state }) => state !== 'joined'))
  const [later, setLater] = useState<readonly string[]>([])
  const shown = requests.filter(({ id }) => !later.includes(id))
  return (
    <>
      {shown.slice(0, most).map((request) => (
        <RequestStrip key={request.id} request={request} onLater={() => setLater([...later, request.id])} />
      ))}
      {shown.length > most && <p className="hint">{t('moreRequests', { count: shown.length - most })}</p>}
      {joins.map((join) => (
        <JoinStrip key={join.id} join={join} />
      ))}
    </>
  )
}

function RequestStrip({ request: { id, node, mesh, address, createdAt }, onLater }: { request: RequestView; onLater: () => void }) {
  const { t } = useTranslation('overview')
  const { open } = useDialogs()
  const format = useFormat()
  const now = useNow()
  const title = t('asksToJoin', { name: node.name, mesh: mesh.name })
  return (
    <section className="strip" aria-label={title}>
      <StateMark mark="waiting" size={20} />
      <div className="grow strip-words">
        <b>{title}</b>
        <span>{t('asksFrom', { address, when: format.ago(createdAt, now) })}</span>
      </div>
      <div className="strip-actions">
        <Button variant="default" onClick={onLater}>
          {t('notNow')}
        </Button>
        <Button onClick={() => open({ kind: 'approve', requestId: id })}>{t('review')}</Button>
      </div>
    </section>
  )
}

function JoinStrip({ join }: { join: JoinView }) {
  const { t } = useTranslation('overview')
  const { open } = useDialogs()
  const call = useCall()
  const { approver, url, state, problem, mesh } = join
  const name = approver?.name ?? url
  const ended = state === 'rejected' || state === 'expired' || state === 'failed'
  const title = t(`join.${state}`, { name, mesh: mesh?.name ?? name })
  return (
    <section className={ended ? 'banner banner-error' : 'strip'} aria-label={title}>
      <StateMark mark={ended ? 'problem' : state === 'connecting' ? 'reconnecting' : 'waiting'} size={20} />
      <div className="grow strip-words">
        <b>{title}</b>
        <span>{problem === null ? t(`joinHelp.${state}`, { name }) : [problem.message, problem.action].filter(Boolean).join(' ')}</span>
      </div>
      <div className="strip-actions">
        {ended && (
          <Button variant="default" onClick={() => void call('join.cancel', { id: join.id }).catch(() => open({ kind: 'join', joinId: join.id }))}>
            {t('dismiss')}
          </Button>
        )}
        <Button variant="default" onClick={() => open({ kind: 'join', joinId: join.id })}>
          {t('showJoin')}
        </Button>
      </div>
    </section>
  )
}
