import { Button, Select } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PeerView } from '../../../electron/contract/snapshot.ts'
import { useCall, useSnapshot } from '../../store/app-context.ts'
import { useTask } from '../../store/use-task.ts'
import { useUndoable } from '../../store/use-undoable.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { FailureText } from '../../ui/failure-text.tsx'
import { toast } from '../../ui/toast.ts'

/** The way out for a peer: remove a member, forget a legacy peer, or take a block back. */
export function PeerFarewell({ peer, onGone }: { peer: PeerView; onGone: () => void }) {
  const [asking, setAsking] = useState(false)
  const { t } = useTranslation('peers')
  const admin = useSnapshot((snapshot) => peer.meshes.some((id) => snapshot.meshes[id]?.role === 'admin'))
  if (peer.removed?.how === 'blocked') return <Unblock peer={peer} />
  const legacy = peer.kind === 'legacy'
  if (!legacy && (!admin || peer.removed !== null)) return null
  const close = () => setAsking(false)
  return (
    <>
      <Button
        variant="subtle"
        color="brick"
        size="compact-sm"
        leftSection={<IconTrash size={15} stroke={1.7} aria-hidden />}
        onClick={() => setAsking(true)}
      >
        {legacy ? t('forget') : t('remove')}
      </Button>
      {asking && (legacy ? <ForgetDialog peer={peer} onGone={onGone} onClose={close} /> : <RemoveDialog peer={peer} onClose={close} />)}
    </>
  )
}

/** Removes a member from one mesh, whether it is on or off, after saying what that means. */
function RemoveDialog({ peer, onClose }: { peer: PeerView; onClose: () => void }) {
  const { t } = useTranslation('peers')
  const call = useCall()
  const meshes = useSnapshot((snapshot) => peer.meshes.flatMap((id) => snapshot.meshes[id] ?? []).filter(({ role }) => role === 'admin'))
  const [chosen, setChosen] = useState<string | null>(null)
  const mesh = meshes.find(({ id }) => id === chosen) ?? meshes[0]
  const remove = useTask(async () => {
    if (mesh === undefined) return
    await call('member.remove', { mesh: mesh.id, peer: peer.id })
    toast(t('removedToast', { name: peer.name, mesh: mesh.name }))
    onClose()
  })
  if (mesh === undefined) return null
  const online = peer.state === 'online' || peer.state === 'suspect'
  const sentences = [t(online ? 'removeOnline' : 'removeOffline'), t('removeHelp'), peer.roles[mesh.id] === 'admin' ? t('removeAdmin') : '']
  return (
    <ConfirmDialog
      title={t('removeTitle', { name: peer.name, mesh: mesh.name })}
      verb={t('removeVerb')}
      running={remove.running}
      failure={remove.failure}
      onConfirm={() => void remove.run()}
      onClose={onClose}
      more={
        meshes.length > 1 && (
          <Select
            data={meshes.map(({ id, name }) => ({ value: id, label: name }))}
            value={mesh.id}
            onChange={setChosen}
            allowDeselect={false}
            aria-label={t('remove')}
          />
        )
      }
    >
      {sentences.filter(Boolean).join(' ')}
    </ConfirmDialog>
  )
}

function ForgetDialog({ peer: { id, name }, onGone, onClose }: { peer: PeerView; onGone: () => void; onClose: () => void }) {
  const { t } = useTranslation('peers')
  const call = useCall()
  const forget = useTask(async () => {
    await call('peer.forget', { peer: id })
    onGone()
  })
  return (
    <ConfirmDialog
      title={t('forgetTitle', { name })}
      verb={t('forgetVerb')}
      running={forget.running}
      failure={forget.failure}
      onConfirm={() => void forget.run()}
      onClose={onClose}
    >
      {t('forgetHelp')}
    </ConfirmDialog>
  )
}

function Unblock({ peer: { id, name } }: { peer: PeerView }) {
  const { t } = useTranslation('peers')
  const call = useCall()
  const unblock = useUndoable(
    (isBlocked: boolean) => call(isBlocked ? 'peer.block' : 'peer.unblock', { peer: id }),
    t('unblocked', { name }),
  )
  return (
    <>
      <FailureText failure={unblock.failure} />
      <Button variant="default" size="compact-sm" onClick={() => void unblock.run(false, true)} loading={unblock.running}>
        {t('unblock')}
      </Button>
    </>
  )
}
