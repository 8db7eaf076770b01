import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconHomePlus, IconLink, IconPlus, IconUserPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useDialogs } from '../../store/app-context.ts'
import { buttonIcon } from '../../ui/icons.ts'

/** The ways to more computers: into another mesh, into ours, or a new one. Only admins invite. */
export function JoinOrInvite({ mayInvite }: { mayInvite: boolean }) {
  const { t } = useTranslation(['overview', 'common'])
  const { open } = useDialogs()
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconPlus {...buttonIcon} />}
          rightSection={<IconChevronDown size={14} stroke={1.7} aria-hidden />}
        >
          {t('joinOrInvite')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconLink {...buttonIcon} />} onClick={() => open({ kind: 'join' })}>
          {t('common:joinMesh')}
        </Menu.Item>
        {mayInvite && (
          <Menu.Item leftSection={<IconUserPlus {...buttonIcon} />} onClick={() => open({ kind: 'invite' })}>
            {t('common:invite')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconHomePlus {...buttonIcon} />} onClick={() => open({ kind: 'create-mesh' })}>
          {t('common:createMesh')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
