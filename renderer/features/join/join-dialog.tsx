import './join.css'
import { Modal } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JoinView } from '../../../electron/contract/snapshot.ts'
import { useSnapshot } from '../../store/app-context.ts'
import { JoinForm } from './join-form.tsx'
import { JoinProgress } from './join-progress.tsx'

/** Joins a mesh by the URL of one of its nodes; with `joinId` shows one that is under way. Closing withdraws nothing. */
export default function JoinDialog({ joinId, onClose }: { joinId: string | null; onClose: () => void }) {
  const { t } = useTranslation(['join', 'common'])
  const [id, setId] = useState(joinId)
  const join = useJoin(id)
  const title =
    id === null ? t('title') : t('titleOf', { name: join.view?.mesh?.name ?? join.view?.approver?.name ?? join.view?.url ?? '' })
  const start = (view: JoinView) => {
    join.begin(view)
    setId(view.id)
  }
  return (
    <Modal opened onClose={onClose} title={title} size={640} closeButtonProps={{ 'aria-label': t('common:close') }}>
      {id === null ? (
        <JoinForm onStarted={start} onClose={onClose} />
      ) : (
        <JoinProgress id={id} join={join.view} onClose={onClose} onAgain={() => setId(null)} />
      )}
    </Modal>
  )
}

/**
 * A join as the state has it. The answer to the call that began it may come before the state does: until then the answer
 * is shown. Null once the join has left the state.
 */
function useJoin(id: string | null): { view: JoinView | null; begin: (view: JoinView) => void } {
  const live = useSnapshot(({ joins }) => (id === null ? null : (joins[id] ?? null)))
  const [begun, setBegun] = useState<JoinView | null>(null)
  // Seen in the state once, the answer has done its work.
  if (live !== null && begun !== null) setBegun(null)
  return { view: live ?? begun, begin: setBegun }
}
