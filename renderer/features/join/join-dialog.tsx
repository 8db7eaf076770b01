import './join.css'
import { Modal, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JoinView } from '../../../electron/contract/snapshot.ts'
import { useSnapshot } from '../../store/app-context.ts'
import { type JoinWay, joinWays } from '../../store/dialog-store.ts'
import { CodesDiffered } from './codes-differed.tsx'
import { InviteForm } from './invite-form.tsx'
import { JoinForm } from './join-form.tsx'
import { JoinProgress } from './join-progress.tsx'
import { NetworkForm } from './network-form.tsx'

interface JoinDialogProps {
  /** A join that is under way. */
  joinId: string | null
  /** What is opened first. */
  way: JoinWay | null
  /** An invite to begin with, as a link brought it; empty without one. */
  invite: string
  onClose: () => void
}

/** Joins a mesh found on this network, by URL or by invite. Closing withdraws nothing. */
export default function JoinDialog({ joinId, way, invite, onClose }: JoinDialogProps) {
  const { t } = useTranslation(['join', 'common'])
  const [id, setId] = useState(joinId)
  const [differed, setDiffered] = useState(false)
  const join = useJoin(id)
  const title =
    id === null ? t('title') : t('titleOf', { name: join.view?.mesh?.name ?? join.view?.approver?.name ?? join.view?.url ?? '' })
  const start = (view: JoinView) => {
    join.begin(view)
    setId(view.id)
  }
  const again = () => {
    setDiffered(false)
    setId(null)
  }
  return (
    <Modal opened onClose={onClose} title={differed ? t('title') : title} size={640} closeButtonProps={{ 'aria-label': t('common:close') }}>
      {differed ? (
        <CodesDiffered onClose={onClose} onAgain={again} />
      ) : id === null ? (
        <Ways first={way} invite={invite} onStarted={start} onClose={onClose} />
      ) : (
        <JoinProgress id={id} join={join.view} onClose={onClose} onAgain={again} onDiffered={() => setDiffered(true)} />
      )}
    </Modal>
  )
}

type WaysProps = Pick<JoinDialogProps, 'invite' | 'onClose'> & { first: JoinWay | null; onStarted: (join: JoinView) => void }

function Ways({ first, invite, onStarted, onClose }: WaysProps) {
  const { t } = useTranslation('join')
  // a node that listens nowhere on the network finds nobody there
  const looks = useSnapshot(({ network }) => network.interfaces.some(({ discovery }) => discovery === 'on' || discovery === 'failed'))
  const [way, setWay] = useState<JoinWay>(first ?? (looks ? 'network' : 'url'))
  const [url, setUrl] = useState('')
  const change = (next: JoinWay, typed = '') => {
    setUrl(typed)
    setWay(next)
  }
  return (
    <>
      <SegmentedControl
        fullWidth
        className="join-ways"
        mb={8}
        data={joinWays.map((value) => ({ value, label: t(`way.${value}`) }))}
        value={way}
        onChange={(value) => change(joinWays.find((known) => known === value) ?? 'url')}
        aria-label={t('ways')}
      />
      {way === 'network' && <NetworkForm onStarted={onStarted} onClose={onClose} onWay={change} />}
      {way === 'url' && <JoinForm onStarted={onStarted} onClose={onClose} url={url} />}
      {way === 'invite' && <InviteForm first={invite} onStarted={onStarted} onClose={onClose} />}
    </>
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
