import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { everything } from '../../../electron/contract/access-decision.ts'
import type { PeerView } from '../../../electron/contract/snapshot.ts'
import { useCall, useSnapshot } from '../../store/app-context.ts'
import { accessOf, capabilityResource, serviceResource } from '../../store/grants.ts'
import { useTask } from '../../store/use-task.ts'
import { useCapabilityName } from '../../ui/capability-name.ts'
import { FailureText } from '../../ui/failure-text.tsx'
import { StateMark } from '../../ui/state-mark.tsx'

/** What a peer may use of this computer, thing by thing and mesh by mesh: as the rule says, or an exception. */
export function PeerAccess({ peer }: { peer: PeerView }) {
  const { t } = useTranslation('peers')
  const things = useThings()
  const meshes = useSnapshot((snapshot) => snapshot.meshes)
  if (peer.removed !== null) return null
  return (
    <section aria-label={t('mayUse')}>
      <h3>{t('mayUse')}</h3>
      {peer.kind === 'legacy' ? (
        <p className="hint">{t('mayUseLegacy')}</p>
      ) : things.length === 0 ? (
        <p className="hint">{t('mayUseNothing')}</p>
      ) : (
        peer.meshes.map((mesh) => (
          <div key={mesh}>
            {peer.meshes.length > 1 && <p className="access-mesh">{meshes[mesh]?.name ?? mesh}</p>}
            <ul className="access">
              {[...things, { resource: everything, name: t('everythingElse') }].map((thing) => (
                <Thing key={thing.resource} peer={peer} mesh={mesh} {...thing} />
              ))}
            </ul>
          </div>
        ))
      )}
    </section>
  )
}

/** What this computer offers now: capabilities that are on, and services. */
function useThings(): { resource: string; name: string }[] {
  const nameOf = useCapabilityName()
  const capabilities = useSnapshot((snapshot) => Object.values(snapshot.capabilities).filter(({ enabled }) => enabled))
  const services = useSnapshot((snapshot) => Object.values(snapshot.services))
  return [
    ...capabilities.map(({ name }) => ({ resource: capabilityResource(name), name: nameOf(name) })),
    ...services.map(({ id, name }) => ({ resource: serviceResource(id), name })),
  ]
}

function Thing({ peer, mesh, resource, name }: { peer: PeerView; mesh: string; resource: string; name: string }) {
  const { t } = useTranslation('peers')
  const call = useCall()
  const grants = useSnapshot((snapshot) => snapshot.grants)
  const set = useTask((allow: boolean | null) => call('grant.except', { mesh, resource, peer: peer.id, allow }))
  const role = peer.roles[mesh] ?? 'member'
  const { allowed, own, otherwise } = accessOf(grants, { mesh, node: peer.id, role }, resource)
  return (
    <li>
      <StateMark mark={allowed ? 'online' : 'removed'} size={12} />
      <span className="grow cut" title={name}>
        {name}
      </span>
      <Select
        size="xs"
        data={[
          { value: 'rule', label: t(otherwise ? 'access.rule_allowed' : 'access.rule_refused') },
          { value: 'allow', label: t('access.allow') },
          { value: 'refuse', label: t('access.refuse') },
        ]}
        value={own === null ? 'rule' : own ? 'allow' : 'refuse'}
        onChange={(value) => void set.run(value === 'rule' ? null : value === 'allow')}
        disabled={set.running}
        allowDeselect={false}
        comboboxProps={{ width: 230, position: 'bottom-end' }}
        aria-label={t('mayUseOf', { what: name, name: peer.name })}
      />
      <FailureText failure={set.failure} />
    </li>
  )
}
