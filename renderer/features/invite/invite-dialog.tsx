import './invite.css'
import { Modal, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallOutput } from '../../../electron/contract/calls.ts'
import type { MeshView } from '../../../electron/contract/snapshot.ts'
import { useSnapshot } from '../../store/app-context.ts'
import { meshesByAge } from '../../store/node-summary.ts'
import { InviteForm } from './invite-form.tsx'
import { InviteList } from './invite-list.tsx'
import { InviteMade } from './invite-made.tsx'

/** Makes an invite, shows it this once, and lists those that are there. */
export default function InviteDialog({ meshId, onClose }: { meshId: string | null; onClose: () => void }) {
  const { t } = useTranslation(['invites', 'common'])
  const [made, setMade] = useState<CallOutput<'invite.create'> | null>(null)
  const meshes = useSnapshot(meshesByAge).filter(({ role }) => role === 'admin')
  const title = made === null ? t('title') : t('madeTitle', { mesh: made.invite.mesh.name })
  return (
    <Modal opened onClose={onClose} title={title} size={600} closeButtonProps={{ 'aria-label': t('common:close') }}>
      {made === null ? (
        <Choices meshes={meshes} meshId={meshId} onMade={setMade} onClose={onClose} />
      ) : (
        <InviteMade made={made} onAnother={() => setMade(null)} onClose={onClose} />
      )}
    </Modal>
  )
}

function Choices({
  meshes,
  meshId,
  onMade,
  onClose,
}: {
  meshes: MeshView[]
  meshId: string | null
  onMade: (made: CallOutput<'invite.create'>) => void
  onClose: () => void
}) {
  const { t } = useTranslation('invites')
  const count = useSnapshot(({ invites }) => Object.keys(invites).length)
  const [part, setPart] = useState('new')
  return (
    <>
      {count > 0 && (
        <SegmentedControl
          fullWidth
          mb={8}
          data={[
            { value: 'new', label: t('new') },
            { value: 'list', label: t('list', { count }) },
          ]}
          value={part}
          onChange={setPart}
          aria-label={t('parts')}
        />
      )}
      {part === 'list' && count > 0 ? (
        <InviteList onClose={onClose} />
      ) : (
        <InviteForm meshes={meshes} first={meshId} onMade={onMade} onClose={onClose} />
      )}
    </>
  )
}
