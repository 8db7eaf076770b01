import { useTranslation } from 'react-i18next'
import type { HubView } from '../../../../electron/contract/relay.ts'
import type { MeshView } from '../../../../electron/contract/snapshot.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { useCall, useSnapshot } from '../../../store/app-context.ts'
import { useTask } from '../../../store/use-task.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'

/** Asks before a hub stops that members are attached to, and says what becomes of them. */
export function StopRelaying({ mesh, hub, onClose }: { mesh: MeshView; hub: HubView; onClose: () => void }) {
  const { t } = useTranslation('relay')
  const format = useFormat()
  const call = useCall()
  const others = useSnapshot(({ peers }) =>
    Object.values(peers)
      .filter(({ hubOf, state }) => hubOf.includes(mesh.id) && state === 'online')
      .map(({ name }) => name),
  )
  const stop = useTask(async () => {
    await call('hub.set', { mesh: mesh.id, on: false })
    onClose()
  })
  return (
    <ConfirmDialog
      title={t('stopTitle', { mesh: mesh.name })}
      verb={t('stopVerb')}
      running={stop.running}
      failure={stop.failure}
      onConfirm={() => void stop.run()}
      onClose={onClose}
    >
      {t('stopNow', { count: hub.pairs })}{' '}
      {others.length === 0 ? t('stopLonely') : t('stopOthers', { count: others.length, list: format.list(others) })}
    </ConfirmDialog>
  )
}
