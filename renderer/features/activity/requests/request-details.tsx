import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { RouteView } from '../../../../electron/contract/routing.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { useSnapshot } from '../../../store/app-context.ts'
import { CopyValue } from '../../../ui/copy-value.tsx'
import { useRouteFailure } from './route-text.ts'

/** All that is known of one request: what went wrong and what helps first, then ids to copy. */
export function RequestDetails({ id, route }: { id: string; route: RouteView }) {
  const { t } = useTranslation('routed')
  const format = useFormat()
  const failureOf = useRouteFailure()
  const mesh = useSnapshot(({ meshes }) => (route.mesh === null ? null : (meshes[route.mesh]?.name ?? route.mesh)))
  const failure = route.code === null ? null : failureOf(route.code)
  const place = route.ranOn ?? route.sentTo
  return (
    <div className="request-details" id={id}>
      {failure && (
        <p className="request-failure">
          <b>{failure.why}.</b> {failure.help} <code>{route.code}</code>
        </p>
      )}
      <dl>
        <Fact name={t('requestId')} copy={{ value: route.requestId, label: t('copyRequestId') }}>
          <code>{route.requestId}</code>
        </Fact>
        <Fact name={t('askedBy')}>{route.from === null ? t('aProgram') : <Node node={route.from} />}</Fact>
        {place && <Fact name={route.ranOn === null ? t('sentToLabel') : t('ranOnLabel')}>{<Node node={place} />}</Fact>}
        {mesh !== null && <Fact name={t('mesh')}>{mesh}</Fact>}
        <Fact name={t('answer')}>
          {route.status === null
            ? t('noAnswerYet', { method: route.method })
            : t('answerOf', { method: route.method, status: route.status })}
        </Fact>
        <Fact name={t('begun')}>{`${format.weekday(route.at)}, ${format.time(route.at)}`}</Fact>
      </dl>
    </div>
  )
}

interface FactProps {
  name: string
  children: ReactNode
  copy?: { value: string; label: string }
}

function Fact({ name, children, copy }: FactProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {children}
        {copy && <CopyValue {...copy} />}
      </dd>
    </div>
  )
}

/** Ids are never cut in details. */
function Node({ node: { id, name } }: { node: { id: string; name: string } }) {
  const { t } = useTranslation()
  return (
    <>
      <span>{name}</span> <code>{id}</code>
      <CopyValue value={id} label={t('copyNodeId')} />
    </>
  )
}
