import './mesh.css'
import { Button, Modal } from '@mantine/core'
import { IconLogout, IconUserPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { MeshView } from '../../../electron/contract/snapshot.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useDialogs, useSnapshot } from '../../store/app-context.ts'
import { CopyValue } from '../../ui/copy-value.tsx'
import { buttonIcon } from '../../ui/icons.ts'
import { MeshAdmins } from './mesh-admins.tsx'
import { MeshName } from './mesh-name.tsx'
import { MeshPolicies } from './mesh-policies.tsx'
import { MeshRecovery } from './mesh-recovery.tsx'
import { MeshRelay } from './relay/mesh-relay.tsx'
import { MeshTunnels } from './relay/mesh-tunnels.tsx'

/** One mesh: its name, who runs it, what happens when the admin's computer is lost, and the way out. */
export default function MeshDialog({ meshId, onClose }: { meshId: string; onClose: () => void }) {
  const { t } = useTranslation(['mesh', 'common'])
  const mesh = useSnapshot(({ meshes }) => meshes[meshId] ?? null)
  if (mesh === null) return null
  return (
    <Modal opened onClose={onClose} title={mesh.name} size={560} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <div className="dialog-body mesh-parts">
        <Facts mesh={mesh} />
        {mesh.role === 'admin' && <MeshName mesh={mesh} />}
        <MeshAdmins mesh={mesh} />
        <MeshRelay mesh={mesh} />
        <MeshTunnels mesh={mesh} />
        <MeshPolicies mesh={mesh} />
        <MeshRecovery mesh={mesh} />
      </div>
      <Footer mesh={mesh} onClose={onClose} />
    </Modal>
  )
}

function Facts({ mesh: { id, members, online, role, joinedAt } }: { mesh: MeshView }) {
  const { t } = useTranslation('mesh')
  const format = useFormat()
  return (
    <section>
      <p className="quiet">
        {t('membersOnline', { online, count: members })} {t(`role.${role}`, { day: format.day(joinedAt) })}
      </p>
      <div className="copy-line">
        <code>{id}</code>
        <CopyValue value={id} label={t('copyId')} />
      </div>
    </section>
  )
}

function Footer({ mesh: { id, role }, onClose }: { mesh: MeshView; onClose: () => void }) {
  const { t } = useTranslation(['mesh', 'common'])
  const { open } = useDialogs()
  return (
    <footer className="dialog-footer">
      <Button
        variant="subtle"
        color="brick"
        leftSection={<IconLogout {...buttonIcon} />}
        onClick={() => open({ kind: 'leave-mesh', meshId: id })}
      >
        {t('leave')}
      </Button>
      <span className="grow" />
      {role === 'admin' && (
        <Button variant="default" leftSection={<IconUserPlus {...buttonIcon} />} onClick={() => open({ kind: 'invite', meshId: id })}>
          {t('common:invite')}
        </Button>
      )}
      <Button onClick={onClose}>{t('common:close')}</Button>
    </footer>
  )
}
