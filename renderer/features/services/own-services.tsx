import { Button } from '@mantine/core'
import { IconApps } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFailureWords } from '../../i18n/use-failure-words.ts'
import type { CapabilityLimits } from '../../../electron/contract/routing.ts'
import type { ServiceView } from '../../../electron/contract/snapshot.ts'
import { useCall, useSnapshot } from '../../store/app-context.ts'
import { serviceResource } from '../../store/grants.ts'
import { useAccess } from '../../store/use-access.ts'
import { useTask } from '../../store/use-task.ts'
import { useUndoable } from '../../store/use-undoable.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { FailureText } from '../../ui/failure-text.tsx'
import { rowIcon } from '../../ui/icons.ts'
import { LimitsSection } from '../../ui/limits/limits-section.tsx'
import { replacedBy } from '../../ui/limits/typed-limits.ts'
import { StateWord } from '../../ui/state-mark.tsx'
import { WhoMayUse } from '../../ui/who-may-use.tsx'
import { serviceAddress } from '../../store/service-address.ts'
import { AddressLine } from './address-line.tsx'
import { fitsOwnService } from './service-standing.ts'

/** Services shared by this computer, and the address members use for each. */
export function OwnServices({ wanted }: { wanted: string }) {
  const { t } = useTranslation('services')
  const services = useSnapshot((snapshot) => Object.values(snapshot.services))
  const inMesh = useSnapshot(({ meshes }) => Object.keys(meshes).length > 0)
  const fitting = services.filter((service) => fitsOwnService(service, wanted))
  return (
    <section className="card" aria-labelledby="own-title">
      <div className="card-head">
        <h2 id="own-title">{t('ownTitle')}</h2>
        <span className="card-sub num">{services.length > 0 && services.length}</span>
      </div>
      <p className="hint">{services.length === 0 ? t('ownEmpty') : t(inMesh ? 'ownHelp' : 'ownNoMesh')}</p>
      {fitting.length > 0 && (
        <ul aria-labelledby="own-title">
          {fitting.map((service) => (
            <OwnService key={service.id} service={service} />
          ))}
        </ul>
      )}
    </section>
  )
}

function OwnService({ service: { id, name, port, url, status, problem, limits } }: { service: ServiceView }) {
  const { t } = useTranslation(['services', 'limits'])
  const wordsOf = useFailureWords()
  const self = useSnapshot(({ node }) => node.name)
  const nodePort = useSnapshot(({ node }) => node.port)
  const call = useCall()
  const limit = useUndoable(
    (change: Partial<CapabilityLimits> | null) => call('service.limit', { service: id, limits: change }),
    t('limits:saved', { name }),
  )
  const access = useAccess(serviceResource(id))
  const address = serviceAddress(nodePort, 'any', self, id)
  return (
    <li className="service-line service-own">
      <span className="well">
        <IconApps {...rowIcon} />
      </span>
      <div>
        <span className="service-name">
          <b>{name}</b>
          <StateWord mark={status === 'active' ? 'online' : 'problem'}>{t(`status.${status}`)}</StateWord>
        </span>
        <small>{t('runsAt', { url, port })}</small>
      </div>
      <Unshare id={id} name={name} />
      {problem && <p className="service-problem">{wordsOf(problem).whole}</p>}
      <AddressLine name={name} address={address} usable={status === 'active'} />
      <div className="service-who">
        <WhoMayUse what={name} rows={access.meshes} onChange={(mesh, rule) => void access.set.run(mesh, rule)} />
        <FailureText failure={access.set.failure} />
      </div>
      <div className="service-limits">
        <LimitsSection
          what={name}
          limits={limits}
          save={(change) => limit.run(change, change === null ? limits : replacedBy(change, limits))}
          failure={limit.failure}
        />
      </div>
    </li>
  )
}

function Unshare({ id, name }: { id: string; name: string }) {
  const { t } = useTranslation('services')
  const call = useCall()
  const [asking, setAsking] = useState(false)
  const unshare = useTask(() => call('service.unshare', { service: id }))
  return (
    <>
      <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setAsking(true)} aria-label={t('stopSharing', { name })}>
        {t('stop')}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t('stopTitle', { name })}
          verb={t('stopVerb')}
          running={unshare.running}
          failure={unshare.failure}
          onConfirm={() => void unshare.run()}
          onClose={() => setAsking(false)}
        >
          {t('stopHelp')}
        </ConfirmDialog>
      )}
    </>
  )
}
