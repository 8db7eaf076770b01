import './join.css'
import { Modal } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSnapshot } from '../../store/app-context.ts'
import { JoinForm } from './join-form.tsx'
import { JoinProgress } from './join-progress.tsx'

/** Joins a mesh by the URL of one of its nodes; with `joinId` shows one that is under way. Closing withdraws nothing. */
export default function JoinDialog({ joinId, onClose }: { joinId: string | null; onClose: () => void }) {
  const { t } = useTranslation(['join', 'common'])
  const [started, setStarted] = useState(joinId)
  const join = useSnapshot(({ joins }) => (started === null ? null : (joins[started] ?? null)))
  const title = started === null ? t('title') : t('titleOf', { name: join?.mesh?.name ?? join?.approver?.name ?? join?.url ?? '' })
  return (
    <Modal opened onClose={onClose} title={title} size={640} closeButtonProps={{ 'aria-label': t('common:close') }}>
      {started === null ? (
        <JoinForm onStarted={setStarted} onClose={onClose} />
      ) : (
        <JoinProgress id={started} onClose={onClose} onAgain={() => setStarted(null)} />
      )}
    </Modal>
  )
}
