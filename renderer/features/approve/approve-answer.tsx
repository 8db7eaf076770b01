import { Button } from '@mantine/core'
import { IconShieldCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeshRole, RequestView } from '../../../electron/contract/snapshot.ts'
import { useCall } from '../../store/app-context.ts'
import { useTask } from '../../store/use-task.ts'
import { FailureText } from '../../ui/failure-text.tsx'
import { toast } from '../../ui/toast.ts'
import { useAwake } from '../../ui/use-awake.ts'
import { RefuseAnswer } from './refuse-answer.tsx'

interface AnswerProps {
  request: RequestView
  role: MeshRole
  /** It was answered or withdrawn meanwhile. */
  gone: boolean
  onClose: () => void
}

/** The four answers. Refusing for good and differing codes are explained before they are sent. */
export function ApproveAnswer({ request, role, gone, onClose }: AnswerProps) {
  const [asking, setAsking] = useState<'never' | 'differ' | null>(null)
  return asking !== null && !gone ? (
    <RefuseAnswer request={request} why={asking} onBack={() => setAsking(null)} onClose={onClose} />
  ) : (
    <Answers request={request} role={role} gone={gone} onClose={onClose} onAsk={setAsking} />
  )
}

function Answers({ request, role, gone, onClose, onAsk }: AnswerProps & { onAsk: (why: 'never' | 'differ') => void }) {
  const { t } = useTranslation('approve')
  const { id, node, mesh, code } = request
  const call = useCall()
  const awake = useAwake()
  const approve = useTask(async () => {
    await call('request.approve', { id, role, ...(code === null ? {} : { code }) })
    toast(t('approved', { name: node.name, mesh: mesh.name }))
    onClose()
  })
  const decline = useTask(async () => {
    await call('request.reject', { id })
    toast(t('declined', { name: node.name }))
    onClose()
  })
  const busy = approve.running || decline.running
  return (
    <>
      <FailureText failure={approve.failure ?? decline.failure} />
      <footer className="dialog-footer">
        {gone && !busy && <span className="hint">{t('gone')}</span>}
        <Button variant="subtle" color="gray" onClick={() => onAsk('never')} disabled={gone || busy}>
          {t('never')}
        </Button>
        <Button variant="subtle" color="gray" onClick={() => void decline.run()} loading={decline.running} disabled={gone || busy}>
          {t('notNow')}
        </Button>
        <span className="grow" />
        {code !== null && (
          <Button variant="default" onClick={() => onAsk('differ')} disabled={gone || busy}>
            {t('codesDiffer')}
          </Button>
        )}
        <Button
          leftSection={<IconShieldCheck size={17} stroke={1.8} aria-hidden />}
          onClick={() => void approve.run()}
          loading={approve.running}
          disabled={!awake || gone || busy}
        >
          {code === null ? t('approve') : t('codesMatch')}
        </Button>
      </footer>
    </>
  )
}
