import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type MeshRole, meshRole, type RequestView } from '../../../electron/contract/snapshot.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useSnapshot } from '../../store/app-context.ts'
import { accessOf, capabilityResource, serviceResource } from '../../store/grants.ts'
import { useCapabilityName } from '../../ui/capability-name.ts'

/** What is decided with the approval, and the key it is given to. */
export function ApproveFacts({
  request: { node, mesh },
  role,
  onRole,
}: {
  request: RequestView
  role: MeshRole
  onRole: (role: MeshRole) => void
}) {
  const { t } = useTranslation(['approve', 'common'])
  const may = useMayUse({ mesh: mesh.id, node: node.id, role })
  return (
    <dl className="facts-list">
      <dt>{t('joinsAs')}</dt>
      <dd className="approve-role">
        <SegmentedControl
          size="xs"
          data={meshRole.options.toReversed().map((value) => ({ value, label: t(`common:roleName.${value}`) }))}
          value={role}
          onChange={(value) => onRole(meshRole.parse(value))}
          aria-label={t('joinsAs')}
        />
        <span className="quiet">{t('adminsMay')}</span>
      </dd>
      <dt>{t('mayUse')}</dt>
      <dd>
        {may} <span className="quiet">{t(`asEvery.${role}`, { mesh: mesh.name })}</span>
      </dd>
      <dt>{t('key')}</dt>
      <dd>
        <code>{node.id}</code>
      </dd>
    </dl>
  )
}

/** What of this computer a new member with that role may use, in words. */
function useMayUse(who: { mesh: string; node: string; role: MeshRole }): string {
  const { t } = useTranslation('approve')
  const format = useFormat()
  const nameOf = useCapabilityName()
  const capabilities = useSnapshot((snapshot) => Object.values(snapshot.capabilities).filter(({ enabled }) => enabled))
  const services = useSnapshot((snapshot) => Object.values(snapshot.services))
  const grants = useSnapshot((snapshot) => snapshot.grants)
  const names = [
    ...capabilities.filter(({ name }) => accessOf(grants, who, capabilityResource(name)).allowed).map(({ name }) => nameOf(name)),
    ...services.filter(({ id }) => accessOf(grants, who, serviceResource(id)).allowed).map(({ name }) => name),
  ]
  return names.length === 0 ? t('mayUseNothing') : format.list(names)
}
