import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { MeshView } from '../../../electron/contract/snapshot.ts'
import { useDialogs, useSnapshot } from '../../store/app-context.ts'

/** Whether there are rules about who is asked for what, and the way to them. */
export function MeshPolicies({ mesh: { id } }: { mesh: MeshView }) {
  const { t } = useTranslation('mesh')
  const { open } = useDialogs()
  const count = useSnapshot(({ policies }) => Object.values(policies).filter(({ mesh, rules }) => mesh === id && rules !== null).length)
  return (
    <section aria-label={t('policies')}>
      <h3>{t('policies')}</h3>
      <div className="mesh-line">
        <p className="grow quiet">{count === 0 ? t('noPolicies') : t('policyCount', { count })}</p>
        <Button variant="default" onClick={() => open({ kind: 'policies', meshId: id })}>
          {t('showPolicies')}
        </Button>
      </div>
    </section>
  )
}
