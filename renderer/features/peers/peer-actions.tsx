import { ActionIcon, Menu } from '@mantine/core'
import { IconActivity, IconBan, IconCrown, IconDots, IconUser } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { MeshRole, MeshView, PeerView } from '../../../electron/contract/snapshot.ts'
import { useCall, useSnapshot } from '../../store/app-context.ts'
import { useUndoable } from '../../store/use-undoable.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { buttonIcon } from '../../ui/icons.ts'

type Asking = { do: 'block' } | { do: 'role'; mesh: MeshView; role: MeshRole } | null

/** What can be done about a peer besides removing it: its role in each mesh we administer, and refusing it here. */
export function PeerActions({ peer }: { peer: PeerView }) {
  const { t } = useTranslation('peers')
  const [, navigate] = useLocation()
  const meshes = useSnapshot((snapshot) => peer.meshes.flatMap((id) => snapshot.meshes[id] ?? []).filter(({ role }) => role === 'admin'))
  const [asking, setAsking] = useState<Asking>(null)
  const close = () => setAsking(null)
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon aria-label={t('actions', { name: peer.name })}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconActivity {...buttonIcon} />}
            onClick={() => navigate(`/activity?peer=${encodeURIComponent(peer.id)}`)}
          >
            {t('allActivity', { name: peer.name })}
          </Menu.Item>
          {peer.removed === null &&
            meshes.map((mesh) => {
              const isAdmin = peer.roles[mesh.id] === 'admin'
              return (
                <Menu.Item
                  key={mesh.id}
                  leftSection={isAdmin ? <IconUser {...buttonIcon} /> : <IconCrown {...buttonIcon} />}
                  onClick={() => setAsking({ do: 'role', mesh, role: isAdmin ? 'member' : 'admin' })}
                >
                  {t(isAdmin ? 'makeMember' : 'makeAdmin', { mesh: mesh.name })}
                </Menu.Item>
              )
            })}
          {peer.kind === 'node' && peer.removed?.how !== 'blocked' && (
            <Menu.Item color="brick" leftSection={<IconBan {...buttonIcon} />} onClick={() => setAsking({ do: 'block' })}>
              {t('block')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {asking?.do === 'block' && <BlockDialog peer={peer} onClose={close} />}
      {asking?.do === 'role' && <RoleDialog peer={peer} mesh={asking.mesh} role={asking.role} onClose={close} />}
    </>
  )
}

function BlockDialog({ peer: { id, name }, onClose }: { peer: PeerView; onClose: () => void }) {
  const { t } = useTranslation('peers')
  const call = useCall()
  const block = useUndoable(
    (isBlocked: boolean) => call(isBlocked ? 'peer.block' : 'peer.unblock', { peer: id }),
    t('blockedToast', { name }),
  )
  return (
    <ConfirmDialog
      title={t('blockTitle', { name })}
      verb={t('blockVerb')}
      running={block.running}
      failure={block.failure}
      onConfirm={() => void block.run(true, false).then((done) => done && onClose())}
      onClose={onClose}
    >
      {t('blockHelp')}
    </ConfirmDialog>
  )
}

function RoleDialog({ peer: { id, name }, mesh, role, onClose }: { peer: PeerView; mesh: MeshView; role: MeshRole; onClose: () => void }) {
  const { t } = useTranslation('peers')
  const call = useCall()
  const kind = role === 'admin' ? 'promote' : 'demote'
  const set = useUndoable(
    (chosen: MeshRole) => call('member.setRole', { mesh: mesh.id, peer: id, role: chosen }),
    t(role === 'admin' ? 'madeAdmin' : 'madeMember', { name, mesh: mesh.name }),
  )
  const before: MeshRole = role === 'admin' ? 'member' : 'admin'
  return (
    <ConfirmDialog
      title={t(`${kind}Title`, { name })}
      verb={t(`${kind}Verb`)}
      running={set.running}
      failure={set.failure}
      onConfirm={() => void set.run(role, before).then((done) => done && onClose())}
      onClose={onClose}
    >
      {t(`${kind}Help`, { mesh: mesh.name })}
    </ConfirmDialog>
  )
}
