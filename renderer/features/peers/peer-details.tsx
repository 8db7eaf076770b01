import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { PeerView } from '../../../electron/contract/snapshot.ts'
import { standingOf } from '../../store/peer-standing.ts'
import { useNow } from '../../store/use-now.ts'
import { wellIcon } from '../../ui/icons.ts'
import { MachineIcon } from '../../ui/glyph.tsx'
import { usePeerText } from '../../store/peer-text.ts'
import { ResourceMeters } from '../../ui/resource-meters.tsx'
import { StateWord } from '../../ui/state-mark.tsx'
import { PeerAccess } from './peer-access.tsx'
import { PeerActions } from './peer-actions.tsx'
import { PeerActivity } from './peer-activity.tsx'
import { PeerFarewell } from './peer-farewell.tsx'
import { PeerIdentity } from './peer-identity.tsx'
import { PeerMembership } from './peer-membership.tsx'
import { PeerReach } from './peer-reach.tsx'
import { PeerServes } from './peer-serves.tsx'
import { PeerServices } from './peer-services.tsx'
import { usePeerLog } from './use-peer-log.ts'

/** Everything about one peer: how it is reached, who it is, what it has and offers, and the way out. */
export function PeerDetails({ peer, onClose }: { peer: PeerView; onClose: () => void }) {
  const { t } = useTranslation(['peers', 'common'])
  const now = useNow(5_000)
  const { word } = usePeerText()(peer, now)
  const { log, read } = usePeerLog(peer.id)
  const legacy = peer.kind === 'legacy'
  return (
    <>
      <header className="drawer-head">
        <span className="well big" data-legacy={legacy || undefined}>
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
        <PeerIdentity peer={peer} verified={log?.verified ?? null} />
        <PeerMembership peer={peer} now={now} />
        {peer.resources && (
          <section aria-label={t('resources')}>
            <h3>{t('resources')}</h3>
            <ResourceMeters resources={peer.resources} />
          </section>
        )}
        <PeerAccess peer={peer} />
        <PeerServes peer={peer} />
        <PeerServices peer={peer} />
        <PeerActivity peer={peer} now={now} log={log} read={read} />
        <footer>
          <span className="grow">{peer.version === null ? t('versionUnknown') : t('version', { version: peer.version })}</span>
          <PeerFarewell peer={peer} onGone={onClose} />
        </footer>
      </div>
    </>
  )
}
