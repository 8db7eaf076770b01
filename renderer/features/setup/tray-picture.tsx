import { IconBattery3, IconVolume2, IconWifi } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useSnapshot } from '../../store/app-context.ts'
import { HouseMark } from '../../ui/house-mark.tsx'
import type { DesktopSystem } from '../../store/desktop-system.ts'

const glyph = { size: 15, stroke: 1.7, 'aria-hidden': true } as const

/** A bar of the desktop as this system has it, with this node's icon lit: a drawing of the place, not of the system. */
export function TrayPicture({ system }: { system: DesktopSystem }) {
  const { t } = useTranslation('setup')
  const state = useSnapshot(({ node }) => node.state)
  return (
    <div className="tray-picture" data-bar={system === 'windows' ? 'bottom' : 'top'} role="img" aria-label={t('start.drawing')}>
      <div className="tray-bar">
        <span className="grow" />
        <span className="tray-spot">
          <HouseMark state={state} size={20} />
        </span>
        <IconWifi {...glyph} />
        <IconVolume2 {...glyph} />
        <IconBattery3 {...glyph} />
        <span className="num">09:41</span>
      </div>
    </div>
  )
}
