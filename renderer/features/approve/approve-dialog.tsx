import './approve.css'
import { Modal } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeshRole, RequestView } from '../../../electron/contract/snapshot.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useSnapshot } from '../../store/app-context.ts'
import { useNow } from '../../store/use-now.ts'
import { Code } from '../../ui/code.tsx'
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
  const title = t('title', { name: request.node.name, mesh: request.mesh.name })
  return (
    <Modal opened onClose={onClose} title={title} size={640} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <Card request={request} gone={live === null} onClose={onClose} />
    </Modal>
  )
}

function Card({ request, gone, onClose }: { request: RequestView; gone: boolean; onClose: () => void }) {
  const { t } = useTranslation('approve')
  const format = useFormat()
  const now = useNow(5_000)
  // an invite may say that it lets in an admin
  const promised = useSnapshot(({ invites }) => (request.invite === null ? 'member' : (invites[request.invite.id]?.role ?? 'member')))
  const [chosen, setRole] = useState<MeshRole | null>(null)
  const role = chosen ?? promised
  const { mesh, os, address, createdAt, removedBefore } = request
  return (
    <>
      <div className="dialog-body">
        <div className="approve-head">
          <span className="well big">
            <MachineIcon os={os} {...wellIcon} />
          </span>
          <p>{format.facts([os, t('from', { address }), format.ago(createdAt, now)])}</p>
        </div>
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
  return (
    <div className="code-panel" tabIndex={-1} data-autofocus>
      <span>{t('question')}</span>
      <Code value={code} />
      <small>{t('why')}</small>
    </div>
  )
}
