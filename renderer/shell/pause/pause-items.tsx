import { Menu } from '@mantine/core'
import { IconClockHour1, IconInfinity, IconMoon } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type PauseFor, pauseFor } from '../../../electron/contract/sharing.ts'
import { buttonIcon } from '../../ui/icons.ts'

const icons: Record<PauseFor, typeof IconMoon> = { hour: IconClockHour1, tomorrow: IconMoon, resumed: IconInfinity }

/** The three ways to pause everything, for a menu. */
export function PauseItems({ onChoose }: { onChoose: (how: PauseFor) => void }) {
  const { t } = useTranslation('pause')
  return (
    <>
      <Menu.Label>{t('meaning')}</Menu.Label>
      {pauseFor.options.map((how) => {
        const Icon = icons[how]
        return (
          <Menu.Item key={how} leftSection={<Icon {...buttonIcon} />} onClick={() => onChoose(how)}>
            {t(`for.${how}`)}
          </Menu.Item>
        )
      })}
    </>
  )
}
