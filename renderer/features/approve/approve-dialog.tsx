import './approve.css'
import { Modal } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeshRole, RequestView } from '../../../electron/contract/snapshot.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useSnapshot } from '../../store/app-context.ts'
import { useNow } from '../../store/use-now.ts'
import { CodePanel } from '../../ui/code-panel.tsx'
import { MachineIcon } from '../../ui/glyph.tsx'
import { wellIcon } from '../../ui/icons.ts'
import { Notice } from '../../ui/notice.tsx'
import { ApproveAnswer } from './approve-answer.tsx'
import { ApproveFacts } from './approve-facts.tsx'

/** Somebody asks to join. The question is the code both screens show, not the name: names can be imitated. */
export default function ApproveDialog({ requestId, onClose }: { requestId: string; onClose: () => void }) {
  const { t } = useTranslation(['approve', 'common'])
  const live = useSnapshot(({ requests }) => requests[requestId] ?? null)
  // What was asked stays readable while the answer closes the dialog.
  const [first] = useState(live)
  const request = live ?? first
  useEffect(() => {
    if (first === null) onClose()
  }, [first, onClose])
  if (request === null) return null
  return (
    <Modal opened onClose={onClose} title={<Title request={request} />} size={640} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <Card request={request} gone={live === null} onClose={onClose} />
    </Modal>
  )
}

/** Who asks for what, from where and since when, beside the machine. */
function Title({ request: { node, mesh, os, address, createdAt } }: { request: RequestView }) {
  const { t } = useTranslation('approve')
  const format = useFormat()
  const now = useNow(5_000)
  return (
    <span className="approve-title">
      <span className="well big">
        <MachineIcon os={os} {...wellIcon} />
      </span>
      <span className="grow">
        {t('title', { name: node.name, mesh: mesh.name })}{' '}
        <small>{format.facts([os, t('from', { address }), format.ago(createdAt, now)])}</small>
      </span>
    </span>
  )
}

function Card({ request, gone, onClose }: { request: RequestView; gone: boolean; onClose: () => void }) {
  const { t } = useTranslation('approve')
  const format = useFormat()
  const now = useNow(60_000)
  // an invite may say that it lets in an admin
  const promised = useSnapshot(({ invites }) => (request.invite === null ? 'member' : (invites[request.invite.id]?.role ?? 'member')))
  const [chosen, setRole] = useState<MeshRole | null>(null)
  const role = chosen ?? promised
  const { mesh, removedBefore } = request
  return (
    <>
      <div className="dialog-body">
        <Proof request={request} />
        {removedBefore && (
          <Notice title={t('removedBefore', { by: removedBefore.by.name, when: format.ago(removedBefore.at, now) })}>
            {t('readmission', { mesh: mesh.name })}
          </Notice>
        )}
        <ApproveFacts request={request} role={role} onRole={setRole} />
      </div>
      <ApproveAnswer request={request} role={role} gone={gone} onClose={onClose} />
    </>
  )
}

/** What proves who asks: the code on both screens, or the invite it brought. */
function Proof({ request: { code, invite } }: { request: RequestView }) {
  const { t } = useTranslation('approve')
  if (code === null)
    return (
      <div className="code-panel" tabIndex={-1} data-autofocus>
        <span>{invite?.note ? t('withInviteNamed', { note: invite.note }) : t('withInvite')}</span>
        <small>{t('inviteWhy')}</small>
      </div>
    )
  return <CodePanel question={t('question')} code={code} why={t('why')} />
}
