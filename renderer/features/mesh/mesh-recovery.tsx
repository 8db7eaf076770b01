import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { MeshView } from '../../../electron/contract/snapshot.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useDialogs } from '../../store/app-context.ts'
import { useNow } from '../../store/use-now.ts'

/** The recovery key: what it is for, whether it was saved, and the way to do it. */
export function MeshRecovery({ mesh: { id, hasRootKey, recoveryExportedAt } }: { mesh: MeshView }) {
  const { t } = useTranslation('mesh')
  const format = useFormat()
  const now = useNow()
  const { open } = useDialogs()
  const exported = recoveryExportedAt === null ? t('recoveryNever') : t('recoverySaved', { when: format.ago(recoveryExportedAt, now) })
  return (
    <section aria-label={t('recovery')}>
      <h3>{t('recovery')}</h3>
      <div className="mesh-line">
        <p className="grow quiet">
          {t('recoveryHelp')} {hasRootKey ? exported : t('recoveryElsewhere')}
        </p>
        {hasRootKey && (
          <Button variant="default" onClick={() => open({ kind: 'save-recovery', meshId: id })}>
            {t('saveRecovery')}
          </Button>
        )}
      </div>
    </section>
  )
}
