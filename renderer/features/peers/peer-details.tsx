import { ActionIcon } from '@mantine/core'
import { IconAlertTriangle, IconLockOpen, IconShieldCheck, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { PeerView } from '../../../electron/contract/snapshot.ts'
import { serviceResource } from '../../store/grants.ts'
import { standingOf } from '../../store/peer-standing.ts'
import { useNow } from '../../store/use-now.ts'
import { CopyValue } from '../../ui/copy-value.tsx'
import { wellIcon } from '../../ui/icons.ts'
import { MachineIcon } from '../../ui/glyph.tsx'
import { usePeerText } from '../../store/peer-text.ts'
import { ResourceMeters } from '../../ui/resource-meters.tsx'
import { StateMark, StateWord } from '../../ui/state-mark.tsx'
import { PeerAccess } from './peer-access.tsx'
import { PeerActions } from './peer-actions.tsx'
import { PeerFarewell } from './peer-farewell.tsx'
import { PeerMembership } from './peer-membership.tsx'
import { PeerReach } from './peer-reach.tsx'
import { PeerServes } from './peer-serves.tsx'

/** Everything about one peer: how it is reached, who it is, what it has and offers, and the way out. */
export function PeerDetails({ peer, onClose }: { peer: PeerView; onClose: () => void }) {
  const { t } = useTranslation(['peers', 'common'])
  const now = useNow(5_000)
  const { word } = usePeerText()(peer, now)
  const legacy = peer.kind === 'legacy'
  return (
    <>
      <header className="drawer-head">
        <span className="well big">
          <MachineIcon os={peer.os} legacy={legacy} {...wellIcon} />
        </span>
        <div className="grow">
          <h2 className="cut" title={peer.name}>
            {peer.name}
          </h2>
          <StateWord mark={standingOf(peer)}>{word}</StateWord>
        </div>
        <PeerActions peer={peer} />
        <ActionIcon aria-label={t('closeDetails')} onClick={onClose} data-autofocus>
          <IconX size={18} aria-hidden />
        </ActionIcon>
      </header>
      <div className="drawer-sections">
        <PeerReach peer={peer} now={now} />
        <Identity peer={peer} />
        <PeerMembership peer={peer} now={now} />
        {peer.resources && (
          <section aria-label={t('resources')}>
            <h3>{t('resources')}</h3>
            <ResourceMeters resources={peer.resources} />
          </section>
        )}
        <PeerAccess peer={peer} />
        <PeerServes peer={peer} />
        {peer.services.length > 0 && (
          <section aria-label={t('services')}>
            <h3>{t('services')}</h3>
            <ul className="drawer-services">
              {peer.services.map(({ id, name, status }) => (
                <li key={id}>
                  <StateMark mark={status === 'active' ? 'online' : 'offline'} size={12} />
                  <span className="grow cut">{name}</span>
                  <small>{peer.refused.includes(serviceResource(id)) ? t('common:whyNot.no_grant') : t(`service.${status}`)}</small>
                </li>
              ))}
            </ul>
          </section>
        )}
        <footer>
          <span className="grow">{peer.version === null ? t('versionUnknown') : t('version', { version: peer.version })}</span>
          <PeerFarewell peer={peer} onGone={onClose} />
        </footer>
      </div>
    </>
  )
}

function Identity({ peer: { id, kind, openToAnyone } }: { peer: PeerView }) {
  const { t } = useTranslation('peers')
  const legacy = kind === 'legacy'
  return (
    <section aria-label={t('identity')}>
      <h3>{t('identity')}</h3>
      <div className="copy-line">
        <code>{id}</code>
        <CopyValue value={id} label={legacy ? t('copyUrl') : t('copyId')} />
      </div>
      {legacy ? (
        <p className="note-line">
          <IconLockOpen size={16} stroke={1.7} aria-hidden />
          <span>{t('legacyNote')}</span>
        </p>
      ) : (
        <p className="note-line">
          <IconShieldCheck size={16} stroke={1.7} aria-hidden />
          <span>{t('keyProves')}</span>
        </p>
      )}
      {openToAnyone && (
        <p className="note-line">
          <IconAlertTriangle size={16} stroke={1.7} aria-hidden />
          <span>{t('openToAnyone')}</span>
        </p>
      )}
    </section>
  )
}
