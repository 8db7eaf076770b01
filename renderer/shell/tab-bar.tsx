import { Menu, UnstyledButton } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { useSnapshot } from '../store/app-context.ts'
import { buttonIcon } from '../ui/icons.ts'
import { screenAt, screens, type ScreenId } from './screens.ts'

const inBar: readonly ScreenId[] = ['overview', 'peers', 'capabilities', 'activity']

/** Below 720 px: four screens and the rest behind More. */
export function TabBar() {
  const { t } = useTranslation()
  const [location, navigate] = useLocation()
  const requests = useSnapshot((snapshot) => Object.keys(snapshot.requests).length)
  const active = screenAt(location).id
  const current = (id: ScreenId) => (id === active ? 'page' : undefined)
  return (
    <nav className="tabs" aria-label={t('screens')}>
      {screens
        .filter(({ id }) => inBar.includes(id))
        .map(({ id, path, icon: Icon }) => (
          <Link key={id} href={path} className="tab" aria-current={current(id)}>
            <span className="tab-icon">
              <Icon size={22} stroke={1.6} aria-hidden />
              {id === 'overview' && requests > 0 && (
                <span className="rail-badge" role="img" aria-label={t('requestsWait', { count: requests })}>
                  {requests}
                </span>
              )}
            </span>
            <span className="cut">{t(`screen.${id}`)}</span>
          </Link>
        ))}
      <Menu position="top-end">
        <Menu.Target>
          <UnstyledButton className="tab" aria-current={inBar.includes(active) ? undefined : 'page'}>
            <IconDots size={22} stroke={1.6} aria-hidden />
            <span className="cut">{t('more')}</span>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {screens
            .filter(({ id }) => !inBar.includes(id))
            .map(({ id, path, icon: Icon }) => (
              <Menu.Item key={id} leftSection={<Icon {...buttonIcon} />} onClick={() => navigate(path)}>
                {t(`screen.${id}`)}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
    </nav>
  )
}
