import { ActionIcon, Menu, UnstyledButton } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCopy, IconDots, IconHome2, IconLogout, IconRoute, IconSettings, IconUserPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { MeshView } from '../../../electron/contract/snapshot.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useDialogs, useSnapshot } from '../../store/app-context.ts'
import { buttonIcon, rowIcon } from '../../ui/icons.ts'
import { toast } from '../../ui/toast.ts'

/** The meshes this node is in, with its role, and the way out of each. */
export function MeshesCard({ meshes }: { meshes: MeshView[] }) {
  const { t } = useTranslation(['overview', 'common', 'relay'])
  const hubs = useSnapshot((snapshot) => snapshot.hubs)
  const format = useFormat()
  const { open } = useDialogs()
  if (meshes.length === 0) return null
  return (
    <section className="card meshes-card" aria-label={t('yourMeshes')}>
      <div className="card-head">
        <h2>{t('yourMeshes')}</h2>
        <span className="grow" />
        <UnstyledButton className="more" c="var(--fcn-accent)" onClick={() => open({ kind: 'create-mesh' })}>
          {t('common:createMesh')}
        </UnstyledButton>
      </div>
      <ul>
        {meshes.map((mesh) => (
          <li key={mesh.id} className="list-line">
            <span className="well">
              <IconHome2 {...rowIcon} />
            </span>
            <div className="grow">
              <b className="cut">{mesh.name}</b>
              <small>
                {t(`role.${mesh.role}`, { day: format.day(mesh.joinedAt) })} {t('admins', { count: mesh.admins })}{' '}
                {hubs[mesh.id]?.on === true && t('relay:relaysFor', { count: hubs[mesh.id]?.spokes ?? 0 })}
              </small>
            </div>
            <span className="quiet num">{t('onlineOf', { online: mesh.online, count: mesh.members })}</span>
            <MeshMenu mesh={mesh} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function MeshMenu({ mesh: { id, name, role } }: { mesh: MeshView }) {
  const { t } = useTranslation(['overview', 'common'])
  const { open } = useDialogs()
  const clipboard = useClipboard()
  const copyId = () => {
    clipboard.copy(id)
    toast(t('meshIdCopied', { mesh: name }))
  }
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon aria-label={t('meshMenu', { mesh: name })}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconSettings {...buttonIcon} />} onClick={() => open({ kind: 'mesh', meshId: id })}>
          {t('manageMesh')}
        </Menu.Item>
        <Menu.Item leftSection={<IconRoute {...buttonIcon} />} onClick={() => open({ kind: 'policies', meshId: id })}>
          {t('meshPolicies')}
        </Menu.Item>
        {role === 'admin' && (
          <Menu.Item leftSection={<IconUserPlus {...buttonIcon} />} onClick={() => open({ kind: 'invite', meshId: id })}>
            {t('common:invite')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconCopy {...buttonIcon} />} onClick={copyId}>
          {t('copyMeshId')}
        </Menu.Item>
        <Menu.Item color="brick" leftSection={<IconLogout {...buttonIcon} />} onClick={() => open({ kind: 'leave-mesh', meshId: id })}>
          {t('leave')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
