import './approve.css'
import { Button, Modal } from '@mantine/core'
import { IconShieldCheck } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RequestView } from '../../../electron/contract/snapshot.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useCall, useSnapshot } from '../../store/app-context.ts'
import { useNow } from '../../store/use-now.ts'
import { useTask } from '../../store/use-task.ts'
import { Code } from '../../ui/code.tsx'
import { FailureText } from '../../ui/failure-text.tsx'
import { wellIcon } from '../../ui/icons.ts'
import { MachineIcon } from '../../ui/glyph.tsx'
import { toast } from '../../ui/toast.ts'

/** The button that lets somebody in wakes after this, so that nobody presses it by accident, ms. */
const wakeAfter = 1_500

/** Somebody asks to join. The question is the id both screens show, not the name: names can be imitated. */
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
    <Modal opened onClose={onClose} title={title} size={560} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <Card request={request} gone={live === null} onClose={onClose} />
    </Modal>
  )
}

function Card({ request, gone, onClose }: { request: RequestView; gone: boolean; onClose: () => void }) {
  const { t } = useTranslation(['approve', 'common'])
  const format = useFormat()
  const now = useNow(5_000)
  const { id, node, mesh, os, address, createdAt } = request
  return (
    <>
      <div className="dialog-body">
        <div className="approve-head">
          <span className="well big">
            <MachineIcon os={os} {...wellIcon} />
          </span>
          <p>{[os, t('from', { address }), format.ago(createdAt, now)].filter(Boolean).join(', ')}</p>
        </div>
        <div className="code-panel" tabIndex={-1} data-autofocus>
          <span>{t('question')}</span>
          <Code value={node.id} />
          <small>{t('why')}</small>
        </div>
        <dl className="facts-list">
          <dt>{t('joinsAs')}</dt>
          <dd>{t('member')}</dd>
          <dt>{t('mayUse')}</dt>
          <dd>{t('mayUseHelp', { mesh: mesh.name })}</dd>
          <dt>{t('address')}</dt>
          <dd>
            <code>{address}</code>
          </dd>
        </dl>
      </div>
      <Answer id={id} name={node.name} mesh={mesh.name} gone={gone} onClose={onClose} />
    </>
  )
}

function Answer({ id, name, mesh, gone, onClose }: { id: string; name: string; mesh: string; gone: boolean; onClose: () => void }) {
  const { t } = useTranslation(['approve', 'common'])
  const call = useCall()
  const awake = useAwake()
  const approve = useTask(async () => {
    await call('request.approve', { id })
    toast(t('approved', { name, mesh }))
    onClose()
  })
  const decline = useTask(async () => {
    await call('request.reject', { id })
    toast(t('declined', { name }))
    onClose()
  })
  const busy = approve.running || decline.running
  return (
    <>
      <FailureText failure={approve.failure ?? decline.failure} />
      <footer className="dialog-footer">
        {gone && !busy && <span className="hint">{t('gone')}</span>}
        <Button variant="subtle" color="gray" onClick={onClose}>
          {t('notNow')}
        </Button>
        <span className="grow" />
        <Button variant="default" onClick={() => void decline.run()} loading={decline.running} disabled={gone || busy}>
          {t('decline')}
        </Button>
        <Button
          leftSection={<IconShieldCheck size={17} stroke={1.8} aria-hidden />}
          onClick={() => void approve.run()}
          loading={approve.running}
          disabled={!awake || gone || busy}
        >
          {t('approve')}
        </Button>
      </footer>
    </>
  )
}

function useAwake(): boolean {
  const [awake, setAwake] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setAwake(true), wakeAfter)
    return () => clearTimeout(timer)
  }, [])
  return awake
}
