import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSnapshot } from '../../../store/app-context.ts'
import { Setting } from '../parts/setting.tsx'
import { AddHub } from './add-hub.tsx'
import { HubLine } from './hub-line.tsx'

/** The hubs that this node syncs its mesh.json with, each with how that goes. */
export function HubSync() {
  const { t } = useTranslation('sync')
  const hubs = useSnapshot(({ syncHubs }) => Object.values(syncHubs).toSorted((a, b) => a.url.localeCompare(b.url)))
  const [adding, setAdding] = useState(false)
  return (
    <Setting
      title={t('hubsTitle')}
      help={t('hubsHelp')}
      below={
        hubs.length > 0 && (
          <ul className="setting-list" aria-label={t('hubs')}>
            {hubs.map((hub) => (
              <HubLine key={hub.id} hub={hub} />
            ))}
          </ul>
        )
      }
    >
      <Button variant="default" onClick={() => setAdding(true)}>
        {t('addHub')}
      </Button>
      {adding && <AddHub onClose={() => setAdding(false)} />}
    </Setting>
  )
}
