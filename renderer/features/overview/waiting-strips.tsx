import { Button, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JoinView, RequestView } from '../../../electron/contract/snapshot.ts'
import { useFailureWords } from '../../i18n/use-failure-words.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useCall, useDialogs, useSnapshot } from '../../store/app-context.ts'
import { requestsByAge } from '../../store/node-summary.ts'
import { useKeptOrder } from '../../store/use-kept-order.ts'
import { useNow } from '../../store/use-now.ts'
import { useTask } from '../../store/use-task.ts'
import { FailureText } from '../../ui/failure-text.tsx'
import { SmallCode } from '../../ui/code.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { toast } from '../../ui/toast.ts'

/** So many requests are shown at first; the rest is one line. */
const most = 1

/**
 * What waits for somebody: requests to join that wait here, the newest on top, and this node's own that wait elsewhere.
 * While somebody is about to press a button, no newer request takes its place.
 */
export function WaitingStrips() {
  const { t } = useTranslation('overview')
  const requests = useSnapshot(requestsByAge)
  const joins = useSnapshot(({ joins }) => Object.values(joins).filter(({ state }) => state !== 'joined'))
  const { order, watch } = useKeptOrder(requests.map(({ id }) => id))
  const [all, setAll] = useState(false)
  const ordered = order.flatMap((id) => requests.find((request) => request.id === id) ?? [])
  return (
    <>
      {ordered.length > 0 && (
        <div className="strips" {...watch}>
          {ordered.slice(0, all ? undefined : most).map((request) => (
            <RequestStrip key={request.id} request={request} />
          ))}
          {ordered.length > most && (
            <UnstyledButton className="more" c="var(--fcn-accent)" aria-expanded={all} onClick={() => setAll(!all)}>
              {all ? t('fewerRequests') : t('moreRequests', { count: ordered.length - most })}
            </UnstyledButton>
          )}
        </div>
      )}
      {joins.map((join) => (
        <JoinStrip key={join.id} join={join} />
      ))}
    </>
  )
}

function RequestStrip({ request: { id, node, mesh, address, createdAt, code, invite } }: { request: RequestView }) {
  const { t } = useTranslation('overview')
  const { open } = useDialogs()
  const call = useCall()
  const format = useFormat()
  const now = useNow()
  const review = () => open({ kind: 'approve', requestId: id })
  const decline = useTask(async () => {
    await call('request.reject', { id })
    toast(t('declined', { name: node.name }))
  })
  const from = { address, when: format.ago(createdAt, now) }
  const title = t('asksToJoin', { name: node.name, mesh: mesh.name })
  return (
    <section className="strip" aria-label={title}>
      <StateMark mark="waiting" size={20} />
      <div className="grow strip-words">
        <b>{title}</b>
        <span>{invite === null ? t('asksFrom', from) : t('asksWithInvite', from)}</span>
        <FailureText failure={decline.failure} />
      </div>
      {code !== null && <SmallCode value={code} />}
      <div className="strip-actions">
        <Button variant="default" onClick={() => void decline.run()} loading={decline.running}>
          {t('notNow')}
        </Button>
        <Button onClick={review}>{t('review')}</Button>
      </div>
    </section>
  )
}

function JoinStrip({ join }: { join: JoinView }) {
  const { t } = useTranslation('overview')
  const { open } = useDialogs()
  const call = useCall()
  const wordsOf = useFailureWords()
  const { approver, url, state, problem, mesh } = join
  const name = approver?.name ?? url
  const compare = join.code !== null && !join.confirmed && (state === 'waiting' || state === 'confirming')
  const ended = state === 'rejected' || state === 'expired' || state === 'failed'
  const title = t(`join.${state}`, { name, mesh: mesh?.name ?? name })
  return (
    <section className={ended ? 'banner banner-error' : 'strip'} aria-label={title}>
      <StateMark mark={ended ? 'problem' : state === 'connecting' ? 'reconnecting' : 'waiting'} size={20} />
      <div className="grow strip-words">
        <b>{title}</b>
        <span>{problem === null ? t(compare ? 'joinHelp.compare' : `joinHelp.${state}`, { name }) : wordsOf(problem).whole}</span>
      </div>
      <div className="strip-actions">
        {ended && (
          <Button
            variant="default"
            onClick={() => void call('join.cancel', { id: join.id }).catch(() => open({ kind: 'join', joinId: join.id }))}
          >
            {t('dismiss')}
          </Button>
        )}
        <Button variant={compare ? 'filled' : 'default'} onClick={() => open({ kind: 'join', joinId: join.id })}>
          {compare ? t('compare') : t('showJoin')}
        </Button>
      </div>
    </section>
  )
}
